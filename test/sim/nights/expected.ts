import type { Capacity } from '../../../lib/domain/sleep.ts';
import { blindMs } from '../judges/running.ts';
import { minuteMs } from '../place.ts';
import { fieldOf, fields, within, type Field } from './fields.ts';
import type { Change, Effect, Slept } from './kept.ts';

/** How what a service has once it is awake differs from what it had, but for what others changed meanwhile; undefined: it does not. */
export function differs(slept: Slept, now: Capacity): string | undefined {
  return differingBounds(slept, now) ?? differingCount(slept, now);
}

function differingBounds(slept: Slept, now: Capacity): string | undefined {
  const presence = othersOf(slept).some(({ before, after }) => (before.target === undefined) !== (after.target === undefined));
  if (presence) return undefined; // Who registers or deregisters a scalable target has it so.
  const wrong = fields.find((field) => !allowed(slept, field).includes(fieldOf(now, field)));
  if (wrong === undefined) return undefined;
  return `${wrong} was ${String(fieldOf(slept.first.saved, wrong))}, may be ${allowed(slept, wrong).join(' or ')}, and is ${String(fieldOf(now, wrong))}`;
}

// What was saved; or what somebody set meanwhile, where that is neither what was saved nor what is left: then that alone.
function allowed(slept: Slept, field: Field): unknown[] {
  const { first, effects } = slept;
  const saved = fieldOf(first.saved, field);
  const others = othersOf(slept).filter(({ before, after }) => fieldOf(before, field) !== fieldOf(after, field));
  const values = others.map(({ after }) => fieldOf(after, field));
  const [only] = values;
  const clear = values.length === 1 && only !== saved && only !== fieldOf(first.left, field);
  const unseen = others.some((change) => raced(change, effects, 'bound'));
  return clear && !unseen ? [only] : [saved, ...values];
}

function othersOf({ unseen, changes }: Slept): Change[] {
  return [...unseen, ...changes];
}

/** Whether a call of ours went over a change of which whoever made it could not know. */
function raced({ atMs }: Change, effects: Effect[], call: Effect['call']): boolean {
  return effects.some((effect) => effect.call === call && effect.atMs >= atMs && effect.by.startedMs - blindMs <= atMs);
}

// Counts that others set after it was begun to be woken stay; before that, what was saved comes back.
/** By then everybody can know what a service was given back. */
const settledMs = 2 * minuteMs;

function scaledMs(effects: Effect[]): number | undefined {
  return effects.findLast(({ call, after, before }) => call === 'scale' && after.desired > before.desired)?.atMs;
}

function differingCount(slept: Slept, now: Capacity): string | undefined {
  const { first, changes, effects, wakingMs = Infinity } = slept;
  const { saved, left } = first;
  const others = othersOf(slept).filter(({ before, after }) => before.desired !== after.desired);
  const untouched = saved.desired === left.desired; // Nothing was taken, so that nothing is given back.
  const later = others.filter(({ atMs }) => untouched || atMs > wakingMs - blindMs);
  const last = later.at(-1);
  const seen = last !== undefined && !untouched && last.atMs > (scaledMs(effects) ?? Infinity) + settledMs;
  const counts = seen ? [last.after.desired] : [saved.desired, ...later.map(({ after }) => after.desired)];
  const bounds = [now, ...changes.filter(({ atMs }) => atMs > wakingMs).map(({ before }) => before)]; // Others may set them once it woke within these.
  if ([...counts, ...bounds.flatMap((bound) => counts.map((count) => within(count, bound)))].includes(now.desired)) return undefined;
  return `it had ${saved.desired} tasks, and has ${now.desired}`;
}
