import { describe, expect, it } from '@jest/globals';
import { parseRolloutChange } from '../../lib/events/rollout-change.ts';
import { parseStoppedTask } from '../../lib/events/stopped-task.ts';
import { sampleEvent } from '../fixtures/sample-event.ts';

function faultsOf(parse: (event: unknown) => unknown, event: unknown): string[] {
  try {
    parse(event);
    return [];
  } catch (error) {
    return String(error).split('\n').slice(1);
  }
}

const stopped = sampleEvent('ecs-task-stopped-exit1');

describe('what is wrong with an event', () => {
  it.each<[name: string, detail: object, told: string]>([
    ['a field that is missing', { clusterArn: undefined }, '✖ expected string, found undefined\n  → at detail.clusterArn'],
    ['a field of another kind, without its value', { taskArn: 42 }, '✖ expected string, found number\n  → at detail.taskArn'],
    ['null where nothing may be null', { createdAt: null }, '✖ expected string, found null\n  → at detail.createdAt'],
    ['a list', { taskArn: ['secret'] }, '✖ expected string, found array\n  → at detail.taskArn'],
    ['another name', { lastStatus: 'RUNNING' }, '✖ expected "STOPPED", found "RUNNING"\n  → at detail.lastStatus'],
    ['an empty text', { taskArn: '' }, '✖ expected more than nothing\n  → at detail.taskArn'],
    ['a time that is none', { createdAt: 'soon' }, '✖ expected a time as AWS writes it\n  → at detail.createdAt'],
    ['a field deep inside', { containers: [{ name: 1 }] }, '✖ expected string, found number\n  → at detail.containers[0].name'],
  ])('is told in words: %s', (_, detail, told) => {
    expect(faultsOf(parseStoppedTask, { ...stopped, detail: { ...stopped.detail, ...detail } }).join('\n')).toBe(told);
  });

  it('is told whole: every fault at once', () => {
    expect(faultsOf(parseStoppedTask, {}).filter((line) => line.startsWith('✖'))).toHaveLength(6);
  });

  it('stays short enough for a line of the log, however many entries are wrong', () => {
    const containers = Array.from({ length: 5000 }, () => ({ name: 7 }));
    const faults = faultsOf(parseStoppedTask, { ...stopped, detail: { ...stopped.detail, containers } });
    expect(faults.filter((line) => line.startsWith('✖'))).toHaveLength(51);
    expect(faults.at(-1)).toBe('✖ … 4950 more');
  });

  it('keeps the words that a schema brings along', () => {
    const event = {
      ...sampleEvent('ecs-deployment-completed'),
      resources: ['arn:aws:ecs:eu-west-1:123456789012:cluster/production'],
    };
    expect(faultsOf(parseRolloutChange, event)).toContain('✖ expected the ARN of a service');
  });
});
