import { describe, expect, it } from '@jest/globals';
import { decideVerdict, isOwnCause, mainCause, outdatedFailures, roomFor, threshold } from '../../lib/decide/verdict.ts';
import type { Head } from '../../lib/domain/head.ts';
import { ago, aDeployment, aHead, anEmptyHead, failures, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const minuteMs = 60_000;
const returned = (untilMs: number) => aDeployment({ state: 'live', returned: { from: 'deployment-3', until: ago(-untilMs) } });
const live = (untilMs: number) => aDeployment({ state: 'live', guardUntil: ago(-untilMs) });
const external = aDeployment({ origin: 'external', rolloutId: 'ecs-svc/2' });
const ofRollout = (rollout: string, times: number) => failures(times, { ms: minuteMs, rollout });

describe('decideVerdict', () => {
  it.each<[name: string, action: string, given: Partial<Head>, desired?: number]>([
    ['condemns at the threshold', 'condemn', {}],
    ['stays one below it', 'stay', { failures: failures(2) }],
    ['counts a failure exactly as old as the window', 'condemn', { failures: [...failures(2), ...failures(1, { ms: 10 * minuteMs })] }],
    ['forgets one a millisecond older', 'stay', { failures: [...failures(2), ...failures(1, { ms: 10 * minuteMs + 1 })] }],
    ['condemns at the larger share of many tasks', 'condemn', { failures: failures(5) }, 50],
    ['stays one below the share', 'stay', { failures: failures(5) }, 51],
    ['condemns while baking', 'condemn', { current: aDeployment({ state: 'baking' }) }],
    ['condemns a live one in its guard', 'condemn', { current: live(1) }],
    ['stays with a live one at the end of its guard', 'stay', { current: live(0) }],
    ['tells of one that the service was put back on, and puts it back no more', 'incident', { current: returned(1) }],
    ['tells nothing at the end of as long as a guard lasts', 'stay', { current: returned(0) }],
    ['counts in guard by the wider window', 'condemn', { current: live(1), failures: failures(3, { ms: 120 * minuteMs }) }],
    ['forgets in guard what is a millisecond older', 'stay', { current: live(1), failures: failures(3, { ms: 120 * minuteMs + 1 }) }],
    ['stays with one that is rolled back already', 'stay', { current: aDeployment({ state: 'rolling-back' }) }],
    ['stays with one that failed', 'stay', { current: aDeployment({ state: 'failed' }) }],
    ['stays with failures of another revision', 'stay', { failures: failures(9, { nth: 1 }) }],
    [
      'counts failures of the pinned copy',
      'condemn',
      { current: aDeployment({ pinnedTaskDefinition: revision(8) }), failures: failures(3, { nth: 8 }) },
    ],
    ['counts failures of the rollout that somebody else began', 'condemn', { current: external, failures: ofRollout('ecs-svc/2', 3) }],
    ['stays with failures of an earlier rollout of that revision', 'stay', { current: external, failures: ofRollout('ecs-svc/1', 3) }],
    [
      'takes those for nothing that speaks for the image either',
      'condemn',
      { current: external, failures: [...ofRollout('ecs-svc/1', 3), ...ofRollout('ecs-svc/2', 3)] },
    ],
    ['condemns while the old revision fails less', 'condemn', { failures: [...failures(3), ...failures(2, { nth: 1 })] }],
    ['takes old and new failing alike for an incident', 'incident', { failures: [...failures(3), ...failures(3, { nth: 1 })] }],
    [
      'has no old revision to compare with in guard',
      'condemn',
      { current: live(1), failures: [...failures(3), ...failures(3, { nth: 1 })] },
    ],
    ['takes the first of a row that counts if repeated for chance', 'stay', { failures: failures(3, { row: 42 }) }],
    ['counts it from the second on', 'condemn', { failures: failures(4, { row: 42 }) }],
    ['skips an entry that it does not understand', 'stay', { failures: [...failures(2), 'of another version'] }],
  ])('%s', (_, action, given, desiredCount = 2) => {
    expect(decideVerdict({ head: aHead({ failures: failures(3), ...given }), desiredCount }, aPolicy(), now).action).toBe(action);
  });

  it('stays where nothing is deployed', () => {
    expect(decideVerdict({ head: anEmptyHead({ failures: failures(9) }), desiredCount: 2 }, aPolicy(), now)).toMatchObject({
      action: 'stay',
    });
  });

  it('names the numbers, the row behind most failures, and the last stop', () => {
    const head = aHead({ failures: [...failures(2, { row: 38 }), ...failures(1)] });
    expect(decideVerdict({ head, desiredCount: 2 }, aPolicy(), now)).toEqual({
      action: 'condemn',
      reason: { code: 'task-failures', text: '3 of its tasks failed within 10 minutes; it takes 3 to condemn it' },
      row: 38,
      lastStop: ago(60_000),
    });
  });
});

describe('threshold', () => {
  it.each([
    ['is the number where the share is smaller', 30, 3],
    ['rounds the share up', 31, 4],
    ['is the number for a service without tasks', 0, 3],
  ])('%s', (_, desired, expected) => {
    expect(threshold(desired, aPolicy().verify)).toBe(expected);
  });
});

describe('mainCause', () => {
  it.each<[name: string, entries: string[], row: number | undefined]>([
    ['is none without failures', [], undefined],
    ['is none of another revision', failures(2, { nth: 1 }), undefined],
    ['is of equals one that is the image’s own', [...failures(1, { row: 21 }), ...failures(1, { row: 47 })], 47],
    ['is of equals of one kind the first row', [...failures(1, { row: 47 }), ...failures(1, { row: 38 })], 38],
    ['asks no window', failures(1, { ms: 86_400_000, row: 45 }), 45],
  ])('%s', (_, entries, row) => {
    expect(mainCause(aHead({ failures: entries }), aDeployment())).toBe(row);
  });
});

describe('isOwnCause', () => {
  it.each([
    [undefined, false],
    [1, false],
    [2, true],
    [47, true],
    [46, false],
    [48, false],
  ])('of row %s is %s', (row, own) => {
    expect(isOwnCause(row)).toBe(own);
  });
});

describe('outdatedFailures', () => {
  it('are those that the widest window does not reach, by a millisecond', () => {
    const kept = failures(1, { ms: 120 * minuteMs });
    const outdated = failures(1, { ms: 120 * minuteMs + 1 });
    expect(outdatedFailures(aHead({ failures: [...kept, ...outdated] }), aPolicy().verify, now)).toEqual(outdated);
  });
});

describe('roomFor', () => {
  it.each<[name: string, room: number, failures: string[]]>([
    ['takes 64 above the threshold', 67, []],
    ['takes one where one place is left', 1, failures(66)],
    ['takes none where all are taken by its own', 0, failures(67)],
    ['takes what condemns it, whatever others left', 4, failures(67, { nth: 1 })],
    ['takes no more than that', 0, [...failures(67, { nth: 1 }), ...failures(4)]],
    ['takes what condemns it, whatever it left before its window', 4, failures(67, { ms: 10 * minuteMs + 1 })],
    ['takes what condemns a rollout, whatever another of its revision left', 4, failures(67, { rollout: 'ecs-svc/1' })],
    ['counts against that what its window reaches still', 3, [...failures(67, { ms: 10 * minuteMs + 1 }), ...failures(1)]],
  ])('%s', (_name, room, given) => {
    expect(roomFor(aHead({ failures: given }), { revision: 'web:2' }, 3, aPolicy().verify, now)).toBe(room);
  });
});
