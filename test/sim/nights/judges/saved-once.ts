import { isDeepStrictEqual } from 'node:util';
import type { Head } from '../../../../lib/domain/head.ts';
import type { Capacity } from '../../../../lib/domain/sleep.ts';
import { holds, type MakeJudge, type Ruling } from '../../judges/judge.ts';
import type { Process } from '../../process.ts';
import { fieldOf, fields } from '../fields.ts';
import { Kept, type Slept } from '../kept.ts';

/** Rule 8: what a service has is saved when it falls asleep, as it truly is, and never overwritten while it sleeps. */
export const savedOnce: MakeJudge = (truth) => {
  const kept = new Kept(truth);
  return {
    rule: 'saved capacity is never lost',
    watch: (seen) => {
      const ruling = seen.kind === 'head' ? written(kept, seen.by, seen.before, seen.after) : undefined;
      kept.watch(seen);
      return ruling;
    },
  };
};

function written(kept: Kept, by: Process, before: Head | undefined, { service, sleep }: Head): Ruling {
  if (sleep === undefined || isDeepStrictEqual(sleep, before?.sleep)) return undefined;
  const slept = kept.sleepOf(service);
  if (slept === undefined) return asItWas(service, sleep.saved, kept.seenBy(service, by));
  const own = sleep.since === slept.first.since;
  const same = own && sleep.saved.desired === slept.first.saved.desired && fields.every((field) => isKept(slept, sleep.saved, field));
  return holds(same, () => `${by.id} wrote ${told(sleep.saved)} over what ${service} had: ${told(slept.first.saved)}`);
}

function asItWas(service: string, saved: Capacity, had: Capacity[]): Ruling {
  const counted = had.some(({ desired }) => desired === saved.desired);
  const bounded = fields.every((field) => had.some((one) => fieldOf(one, field) === fieldOf(saved, field)));
  return holds(counted && bounded, () => `${service} had ${had.map(told).join(', then ')}, and ${told(saved)} was saved`);
}

// Bounds that others set meanwhile, were it while they were read, take the place of those that were saved.
function isKept({ first, unseen, changes }: Slept, saved: Capacity, field: 'min' | 'max' | 'in' | 'out' | 'scheduled'): boolean {
  const values = [first.saved, ...[...unseen, ...changes].map(({ after }) => after)].map((capacity) => fieldOf(capacity, field));
  return values.includes(fieldOf(saved, field));
}

function told(capacity: Capacity): string {
  return `${capacity.desired} tasks within ${JSON.stringify(capacity.target ?? 'no bounds')}`;
}
