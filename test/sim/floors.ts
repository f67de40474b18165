import { faultKinds, kindsOfPlain } from './faults.ts';
import { hardshipFloors } from './hardships/floors.ts';
import { nightFloors } from './nights/floors.ts';
import type { Tally } from './tally.ts';

/** With fewer seeds than this, chance says too much. */
const seedsLeast = 100;

/** How often each fault must have struck in a hundred seeds: about a third of what it does. */
export const faultFloors: Readonly<Record<keyof typeof faultKinds, number>> = {
  throttled: 1_000,
  'failed before its effect': 800,
  'failed after its effect': 700,
  'died before its effect': 300,
  'died after its effect': 300,
  slow: 1_800,
  'answered late': 1_800,
  'event lost': 400,
  'event repeated': 500,
  'event late': 250,
  'tick missed': 120,
  'tick repeated': 120,
  'clock skewed': 1_000,
  'read stale': 16,
  'timed out before its effect': 120,
  'timed out after its effect': 120,
  'answered far too late': 120,
  'write lost to a rival': 200,
  'event out of order': 250,
  'index behind': 250,
  'clock leapt': 200,
  'nothing invoked for minutes': 20,
  'command repeated': 10,
};

/** How often each judge must have decided in a hundred seeds. */
export const judgeFloors: Readonly<Record<string, number>> = {
  'no flow fails by itself': 12_000,
  'one hand per service': 400,
  'a claim ends by itself': 800,
  'dueAt is the least': 3_500,
  'one update a minute': 300,
  'desired count untouched': 400,
  'watch changes nothing': 400,
  'no older over newer': 180,
  'quarantine holds': 0.5,
  'gates hold': 300,
  'a hold holds': 100,
  'an order is carried out once': 120,
  'a copy loses nothing': 600,
  'a copy is of its base': 100,
  'no good image is condemned': 250,
  'each failed task counts once': 80,
  'back to what was verified': 80,
  'one rollback, and none of a rollback': 170,
  'verified means it ran': 200,
  'failures after a way back are told': 15,
  'all settles': 130,
  'the newest runs': 110,
  'each candidate has its reason': 80,
  'each stop has its reason': 4_500,
  'a state change is owed at once': 1_200,
  'what is owed is paid': 2_200,
  'each state change is told': 130,
  'history agrees with the head': 130,
  ...nightFloors,
  ...hardshipFloors,
};

/** Judges of what plain worlds know nothing of. */
const variedOnly = new Set([
  'a hold holds',
  'an order is carried out once',
  ...Object.keys(nightFloors),
  'no way back where there is none',
]);

/** Every fault that struck and every judge that decided too seldom for so many seeds: a line each. */
export function shortfalls(
  { seeds, struck, decided }: Pick<Tally, 'seeds' | 'struck' | 'decided'>,
  plain = false,
  hardships = true,
): string[] {
  if (seeds < seedsLeast) return [];
  const faults = Object.entries(faultFloors).filter(([kind]) => !plain || (kindsOfPlain as readonly string[]).includes(kind));
  const judges = Object.entries(judgeFloors).filter(
    ([rule]) => (!plain || !variedOnly.has(rule)) && ((hardships && !plain) || rule !== 'no way back where there is none'),
  );
  const share = seeds / 100;
  return [
    ...faults.flatMap(([kind, floor]) => lineOf(`fault "${kind}" struck`, struck[kind], floor * share)),
    ...judges.flatMap(([rule, floor]) => lineOf(`judge "${rule}" decided`, decided[rule], floor * share)),
    ...Object.keys(decided).flatMap((rule) => (rule in judgeFloors ? [] : [`The judge "${rule}" has no floor.`])),
  ];
}

function lineOf(what: string, count = 0, floor: number): string[] {
  return count >= floor ? [] : [`Too seldom: the ${what} ${count} times, at least ${Math.ceil(floor)} were to be expected.`];
}
