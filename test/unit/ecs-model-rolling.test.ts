import { describe, expect, it } from '@jest/globals';
import { lowerLimit, planRolling, upperLimit } from '../../sandbox/model/ecs/rolling.ts';
import type { RollingFacts, RollingPlan } from '../../sandbox/model/ecs/rolling.ts';

const facts: RollingFacts = {
  desired: 4,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  fresh: 0,
  freshHealthy: 0,
  oldRunning: 4,
  oldStarting: 0,
  oldIsStable: true,
  stalled: false,
  watched: false,
};
const nothing: RollingPlan = { startFresh: 0, stopFresh: 0, stopOldRunning: 0, stopOldStarting: 0, replaceOld: 0 };

describe('limits of a rolling deployment', () => {
  it.each([
    ['the lower limit rounds up', lowerLimit(3, 50), 2],
    ['the lower limit is exact where it divides', lowerLimit(4, 50), 2],
    ['the lower limit of nothing is nothing', lowerLimit(0, 100), 0],
    ['the upper limit rounds down', upperLimit(3, 150), 4],
    ['the upper limit is exact where it divides', upperLimit(4, 150), 6],
    ['the upper limit of one task at 150 % is one task', upperLimit(1, 150), 1],
  ])('%s', (_, limit, expected) => {
    expect(limit).toBe(expected);
  });
});

describe('planRolling', () => {
  it.each<[name: string, given: Partial<RollingFacts>, plan: Partial<RollingPlan>]>([
    ['starts all at once where 200 % leaves room', {}, { startFresh: 4 }],
    ['starts as many as the upper limit leaves, and stops none yet', { maximumPercent: 150 }, { startFresh: 2 }],
    ['stops an old task for each new one that is healthy', { fresh: 4, freshHealthy: 3 }, { stopOldRunning: 3 }],
    ['stops no old task for one that runs but is not yet healthy', { fresh: 4 }, {}],
    [
      'makes room first where less than all must be healthy',
      { minimumHealthyPercent: 50, maximumPercent: 100 },
      { stopOldRunning: 2, startFresh: 2 },
    ],
    ['is stuck at 100 and 100 per cent', { maximumPercent: 100 }, {}],
    ['moves again one per cent of a task lower', { maximumPercent: 100, minimumHealthyPercent: 75 }, { stopOldRunning: 1, startFresh: 1 }],
    ['is stuck with one task at 100 and 199 per cent', { desired: 1, oldRunning: 1, maximumPercent: 199 }, {}],
    ['moves with one task at 200 per cent', { desired: 1, oldRunning: 1 }, { startFresh: 1 }],
    ['stops everything at a desired count of 0', { desired: 0, fresh: 1 }, { stopFresh: 1, stopOldRunning: 4 }],
    ['starts what a raised desired count asks for, new and old', { desired: 6, fresh: 4 }, { startFresh: 2, replaceOld: 2 }],
    ['stops what is above a lowered desired count', { oldRunning: 0, fresh: 6, freshHealthy: 6 }, { stopFresh: 2 }],
    ['replaces an old task that crashed while the new ones are not there', { oldRunning: 3, fresh: 4 }, { replaceOld: 1 }],
    ['lets an old task go on starting while it is missed', { oldRunning: 3, oldStarting: 1, fresh: 4 }, {}],
    ['stops an old task that starts and is not missed', { oldRunning: 4, oldStarting: 1, fresh: 4 }, { stopOldStarting: 1 }],
    [
      'stops what a deployment that never completed was starting',
      { oldRunning: 0, oldStarting: 2, oldIsStable: false, fresh: 4 },
      { stopOldStarting: 2 },
    ],
    ['starts nothing more of a deployment that failed', { stalled: true, fresh: 1 }, { stopOldRunning: 1 }],
    ['keeps all old tasks up beside a deployment that failed with none', { stalled: true }, {}],
  ])('%s', (_, given, plan) => {
    expect(planRolling({ ...facts, ...given })).toEqual({ ...nothing, ...plan });
  });
});
