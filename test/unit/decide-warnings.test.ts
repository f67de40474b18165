import { describe, expect, it } from '@jest/globals';
import { cannotStart, lacksCapacity } from '../../lib/decide/service-actions.ts';
import { isNews, unknownStop } from '../../lib/decide/warning.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { StoppedTask } from '../../lib/domain/failure.ts';
import { aDeployment, aService, ago, revision } from '../fakes/decision-facts.ts';

const said = (eventName: string, about: 'service' | 'rollout' = 'service') => ({ about, eventName, reason: 'RESOURCE:MEMORY' }) as const;

describe('cannotStart', () => {
  it.each<[eventName: string, code: string]>([
    ['SERVICE_TASK_PLACEMENT_FAILURE', 'no-capacity'],
    ['SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED', 'no-capacity'],
    ['SERVICE_TASK_CONFIGURATION_FAILURE', 'cannot-start'],
    ['SERVICE_TASK_START_IMPAIRED', 'cannot-start'],
    ['ECS_OPERATION_THROTTLED', 'cannot-start'],
  ])('warns of %s as %s, with what ECS says', (eventName, code) => {
    const warning = cannotStart(said(eventName), aDeployment(), aService());
    expect(warning).toMatchObject({ key: eventName, reason: { code } });
    expect(warning?.reason.text).toContain(`(${eventName}, RESOURCE:MEMORY): 1 of 2 tasks run`);
  });

  it.each<[name: string, eventName: string, about: 'service' | 'rollout', running: number]>([
    ['where all its tasks run: the event is late', 'SERVICE_TASK_PLACEMENT_FAILURE', 'service', 2],
    ['of a rollout, which its state tells', 'SERVICE_TASK_PLACEMENT_FAILURE', 'rollout', 1],
    ['of what keeps no task from starting', 'SERVICE_DISCOVERY_INSTANCE_UNHEALTHY', 'service', 1],
    ['of an action that is not known', 'SERVICE_TASK_OF_THE_FUTURE', 'service', 1],
  ])('warns of nothing %s', (_name, eventName, about, runningCount) => {
    expect(cannotStart(said(eventName, about), aDeployment(), aService({ runningCount }))).toBeUndefined();
  });

  it('is news again of the way back', () => {
    const onTheWay = aDeployment({ state: 'rolling-back', warned: ['SERVICE_TASK_PLACEMENT_FAILURE'] });
    const warning = cannotStart(said('SERVICE_TASK_PLACEMENT_FAILURE'), onTheWay, aService());
    expect(warning !== undefined && isNews(warning, onTheWay)).toBe(true);
  });
});

describe('lacksCapacity', () => {
  it.each<[name: string, lacks: boolean, warned: string[] | undefined]>([
    ['is so once ECS found no place', true, ['SERVICE_TASK_START_IMPAIRED', 'SERVICE_TASK_PLACEMENT_FAILURE']],
    ['is not so for other reasons', false, ['SERVICE_TASK_START_IMPAIRED']],
    ['is not so of one of which nothing was told', false, undefined],
  ])('%s', (_name, lacks, warned) => {
    expect(lacksCapacity(aDeployment(warned === undefined ? {} : { warned }))).toBe(lacks);
  });
});

const stop = (stoppedReason?: string, stopCode?: string): StoppedTask => ({
  service: 'production/web',
  taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/production/1',
  taskDefinition: revision(2),
  stoppedAt: ago(0),
  createdAt: ago(0),
  ofService: true,
  containers: [{ name: 'web', reason: 'of the container' }, { name: 'proxy' }],
  ...(stoppedReason === undefined ? {} : { stoppedReason }),
  ...(stopCode === undefined ? {} : { stopCode }),
});

describe('unknownStop', () => {
  it('keeps all that ECS says of it', () => {
    expect(unknownStop(stop('The flux was compensated', 'SomethingNew')).reason).toEqual({
      code: 'unknown-stop',
      text: 'a task of web:2 stopped for a reason that is not in the catalogue, so it does not count: SomethingNew | The flux was compensated | of the container',
    });
  });

  it('is the same for another task of the same reason', () => {
    const keys = ['0a1b2c3d4e5f', 'f5e4d3c2b1a0'].map((id) => unknownStop(stop(`Gone with instance i-${id}`)).key);
    expect(new Set(keys).size).toBe(1);
  });

  it('says so where ECS says nothing, and cuts what is long', () => {
    expect(unknownStop({ ...stop(), containers: [] }).reason.text).toContain('ECS gives no reason at all');
    expect(unknownStop(stop('x'.repeat(5000))).reason.text.length).toBeLessThan(500);
  });
});

describe('isNews', () => {
  const warning = { key: 'one', reason: { code: 'cannot-start', text: '' }, check: '' } as const;
  it.each<[name: string, news: boolean, deployment: Deployment]>([
    ['is the first', true, aDeployment()],
    ['is one beside others', true, aDeployment({ warned: ['two', 'three'] })],
    ['is none that was told', false, aDeployment({ warned: ['two', 'one'] })],
    ['is the eighth', true, aDeployment({ warned: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })],
    ['is none past the eighth', false, aDeployment({ warned: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] })],
  ])('%s', (_name, news, deployment) => {
    expect(isNews(warning, deployment)).toBe(news);
  });
});
