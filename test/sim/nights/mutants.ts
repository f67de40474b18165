import type { Mutant } from '../mutants/mutants.ts';

/** What the judges of nights must notice: each was a mistake of some scheduler, or nearly one of ours. */
export const nightMutants: readonly Mutant[] = [
  {
    name: 'what was saved overwritten while it sleeps',
    file: 'decide/transitions/sleep.ts',
    find: 'const saved = changes.length === 0 ? sleep.saved : { ...capacity, desired: sleep.saved.desired };',
    replace: 'const saved = changes.length === 0 ? sleep.left : { ...capacity, desired: sleep.saved.desired };',
    nights: true,
  },
  {
    name: 'the count before the bounds',
    file: 'flows/change-capacity.ts',
    find: '  if (target !== undefined && !isUnbounded(sleep)) await scaling.bound(service, target);\n  if (counted) await scaling.scale(service, desired);',
    replace:
      '  if (counted) await scaling.scale(service, desired);\n  if (target !== undefined && !isUnbounded(sleep)) await scaling.bound(service, target);',
    nights: true,
  },
  {
    name: 'a maximum that does not come back',
    file: 'decide/off-peak/capacity.ts',
    find: "const max = chosen('its maximum', saved.target.max, left.target.max, target.max);",
    replace: "const max = chosen('its maximum', saved.target.max, left.target.max, target.max) + 1;",
    nights: true,
  },
  {
    name: 'switches that do not come back',
    file: 'decide/off-peak/capacity.ts',
    find: "out: choose('whether scaling out is suspended', saved.out, left.out, now.out),",
    replace: 'out: now.out,',
    nights: true,
  },
  {
    name: 'bounds that somebody changed overwritten',
    file: 'decide/off-peak/capacity.ts',
    find: '    return now;\n  };',
    replace: '    return was;\n  };',
    nights: true,
  },
  {
    name: 'stops by scaling counted',
    file: 'flows/verify-deployment.ts',
    find: '.filter(({ row }) => countsAgainst(row))',
    replace: ".filter(({ row, task }) => countsAgainst(row) || task.stoppedReason?.startsWith('Scaling activity') === true)",
    nights: true,
  },
  {
    name: 'a sleep over a deployment',
    file: 'decide/off-peak/postponement.ts',
    find: "return state === 'deploying' ||",
    replace: "return state !== 'deploying' && state === 'live' ||",
    nights: true,
  },
  {
    name: 'a sleep over what runs since it woke',
    file: 'decide/off-peak/off-peak.ts',
    find: "  if (sleep.askedAt !== undefined && !isYoung(sleep.askedAt, now)) return { action: 'close', sleep };",
    replace: "  if (sleep.since !== '') return { action: 'resume-sleep', sleep, restored: restoredOf(sleep, target) };",
    nights: true,
  },
  {
    name: 'a scale-up that does not hold',
    file: 'decide/off-peak/off-peak.ts',
    find: "  return { action: 'leave-scaled-up', sleep, desired: service.desiredCount };",
    replace: "  return { action: 'resume-sleep', sleep, restored: restoredOf(sleep, target) };",
    nights: true,
  },
  {
    name: 'a sleep that is struck out before it is whole',
    file: 'decide/off-peak/off-peak.ts',
    find: "  return { action: 'wake', sleep, restored };",
    replace: "  return { action: 'close', sleep };",
    nights: true,
  },
  {
    name: 'a service that is not taken before it is scaled',
    file: 'decide/transitions/sleep.ts',
    find: 'return { change: { acting, sleep: waking, postponed: null }, told: [] };',
    replace: 'return { change: { sleep: waking, postponed: null }, told: [] };',
    nights: true,
  },
  {
    name: 'an override that is never heeded',
    file: 'calendar/level.ts',
    find: 'if (override !== undefined && holding(timeline.overrides, ms) !== undefined) {',
    replace: "if (override?.actor === '' && holding(timeline.overrides, ms) !== undefined) {",
    nights: true,
  },
  {
    name: 'a waking done again over what others set since',
    file: 'decide/off-peak/off-peak.ts',
    find: "if (sleep.state === 'waking' && isWoken(",
    replace: "if (sleep.state === 'falling-asleep' && isWoken(",
    nights: true,
  },
  {
    name: 'a waking taken for done that is not',
    file: 'decide/off-peak/is-woken.ts',
    find: 'return !before.includes(desiredCount);',
    replace: 'return before.length > 0;',
    nights: true,
  },
];
