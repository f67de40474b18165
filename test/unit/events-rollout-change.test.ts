import { describe, expect, it } from '@jest/globals';
import { parseRolloutChange } from '../../lib/events/rollout-change.ts';
import { PermanentError } from '../../lib/errors.ts';
import { sampleEvent, sampleNames } from '../fixtures/sample-event.ts';

const ofRollouts = /^ecs-(deployment|service-action)/;

describe('parseRolloutChange', () => {
  it('reads cluster and service from the resource of a deployment event, whose detail names neither', () => {
    expect(parseRolloutChange(sampleEvent('ecs-deployment-failed'))).toStrictEqual({
      service: 'production/my-web-app',
      about: 'rollout',
      eventName: 'SERVICE_DEPLOYMENT_FAILED',
      eventType: 'ERROR',
      rolloutId: 'ecs-svc/4821930475561029384',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
      at: '2026-11-20T09:41:46.990Z',
    });
  });

  it('hides a secret in what ECS says', () => {
    const told = parseRolloutChange(sampleEvent('ecs-deployment-failed', { reason: 'tasks failed: --db-password hunter2' }));
    expect(told.reason).toBe('tasks failed: --db-password •••');
  });

  it('reads a service action, and tells it from a rollout', () => {
    expect(parseRolloutChange(sampleEvent('ecs-service-action-placement-failure'))).toStrictEqual({
      service: 'production/my-web-app',
      about: 'service',
      eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
      eventType: 'ERROR',
      reason: 'RESOURCE:MEMORY',
      at: '2026-11-20T09:44:19.804Z',
    });
  });

  it('takes the cluster of an old ARN from the detail', () => {
    expect(parseRolloutChange(sampleEvent('ecs-service-action-legacy-arn'))).toMatchObject({ service: 'production/my-web-app' });
  });

  it('does not invent a cluster, and does not throw', () => {
    expect(parseRolloutChange(sampleEvent('ecs-deployment-completed-legacy-arn'))).toMatchObject({
      service: undefined,
      unknownBecause: expect.stringContaining('names no cluster'),
      rolloutId: 'ecs-svc/4821930475561029384',
    });
  });

  it('falls back on the time of the envelope', () => {
    expect(parseRolloutChange(sampleEvent('ecs-deployment-failed', { updatedAt: undefined })).at).toBe('2026-11-20T09:41:47.000Z');
    expect(parseRolloutChange(sampleEvent('ecs-deployment-failed', { updatedAt: '' })).at).toBe('2026-11-20T09:41:47.000Z');
  });

  it('brings a time without milliseconds and one with an offset into one form', () => {
    expect(parseRolloutChange(sampleEvent('ecs-deployment-failed', { updatedAt: '2026-11-20T09:41:46Z' })).at).toBe(
      '2026-11-20T09:41:46.000Z',
    );
    expect(parseRolloutChange(sampleEvent('ecs-deployment-failed', { updatedAt: '2026-11-20T10:41:46+01:00' })).at).toBe(
      '2026-11-20T09:41:46.000Z',
    );
  });

  it('reads services of other partitions', () => {
    const event = {
      ...sampleEvent('ecs-deployment-completed'),
      resources: ['arn:aws-cn:ecs:cn-north-1:123456789012:service/production/my-web-app'],
    };
    expect(parseRolloutChange(event).service).toBe('production/my-web-app');
  });

  it.each<[what: string, given: unknown]>([
    ['no resource', { ...sampleEvent('ecs-deployment-completed'), resources: [] }],
    [
      'a resource that is no service',
      { ...sampleEvent('ecs-deployment-completed'), resources: ['arn:aws:ecs:eu-west-1:123456789012:cluster/production'] },
    ],
    ['no event name', sampleEvent('ecs-deployment-completed', { eventName: undefined })],
  ])('throws permanently on %s', (_, given) => {
    expect(() => parseRolloutChange(given)).toThrow(PermanentError);
  });

  it.each(sampleNames.filter((name) => ofRollouts.test(name)))('reads %s', (name) => {
    expect(parseRolloutChange(sampleEvent(name)).eventName).toMatch(/^SERVICE_/);
  });

  it.each(sampleNames.filter((name) => !ofRollouts.test(name)))('does not take %s for its kind', (name) => {
    expect(() => parseRolloutChange(sampleEvent(name))).toThrow(PermanentError);
  });
});
