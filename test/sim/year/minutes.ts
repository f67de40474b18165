import { isDeepStrictEqual } from 'node:util';
import type { Head } from '../../../lib/domain/head.ts';
import type { Capacity } from '../../../lib/domain/sleep.ts';
import { holds, type MakeJudge, type Ruling, type Truth } from '../judges/judge.ts';
import { primaryOf } from '../judges/running.ts';
import { capacityOf } from '../nights/capacity.ts';
import { levelDue } from '../nights/level-due.ts';
import { isPutOff } from '../nights/put-off.ts';
import { installedAt, minuteMs } from '../place.ts';
import { Ledger, type Entry } from './ledger.ts';

/** From so long after an edge on, and after the last fault, every minute is judged. */
const quietMs = 5 * minuteMs;
/** Until what runs at the beginning is known and verified. */
const beginsMs = 15 * minuteMs;

/** How many minutes of services were judged, and why the others were not. */
export type Counts = Record<
  'awake' | 'asleep' | 'after an edge' | 'under faults' | 'set back by a fault' | 'put off by a deployment' | 'unclear',
  number
>;

export function noCounts(): Counts {
  return { awake: 0, asleep: 0, 'after an edge': 0, 'under faults': 0, 'set back by a fault': 0, 'put off by a deployment': 0, unclear: 0 };
}

/** At each awake minute the capacity is what it was, at each asleep one what was asked. `quietSinceMs` tells when the last fault was. */
export function minutesAsAsked(counts: Counts, quietSinceMs: () => number): MakeJudge {
  return (truth) => {
    const ledger = new Ledger(truth);
    const orderedMs = new Map<string, number>(); // Until when somebody ordered something last: the head forgets it.
    const judge = (service: string): Ruling => {
      const why = notJudged(truth, service, quietSinceMs(), orderedMs.get(service) ?? -Infinity);
      if (why !== undefined) return void (counts[why] += 1);
      return judged(truth, ledger, service, counts);
    };
    return {
      rule: 'each minute as it was, or as was asked',
      watch: (seen) => {
        if (seen.kind === 'capacity') ledger.changed(seen.service, seen.before, seen.after);
        if (seen.kind === 'head' && seen.after.override?.until !== undefined)
          orderedMs.set(seen.after.service, Date.parse(seen.after.override.until));
        if (seen.kind === 'head') ledger.stepped(seen.after.service, seen.before, seen.after);
        if (seen.kind !== 'minute' || truth.now() < installedAt.getTime() + beginsMs) return undefined;
        const rulings = [...truth.fleet.members.keys()].map(judge);
        return rulings.find((ruling) => typeof ruling === 'object') ?? rulings.find((ruling) => ruling !== undefined);
      },
    };
  };
}

function notJudged(truth: Truth, service: string, quietSinceMs: number, orderedMs: number): keyof Counts | undefined {
  const [due, head] = [levelDue(truth, service, truth.now()), truth.table.heads.get(service)];
  const ended = orderedMs <= truth.now() && truth.now() - orderedMs < quietMs;
  if (due === undefined || ended || truth.now() - due.sinceMs < quietMs) return 'after an edge';
  if (truth.now() - quietSinceMs < quietMs) return 'under faults';
  if (head?.trouble !== undefined) return 'set back by a fault'; // Work that failed is left alone for a quarter of an hour at most.
  return due.level === 'asleep' && mayStayAwake(truth, head) ? 'put off by a deployment' : undefined;
}

function mayStayAwake(truth: Truth, head: Head | undefined): boolean {
  if (head === undefined || (head.sleep !== undefined && head.sleep.state !== 'waking')) return false;
  const { createdAtMs } = primaryOf(truth, head.service);
  const decidedMs = Date.parse(head.current?.timeline.at(-1)?.at ?? '');
  const recent = truth.now() - Math.max(decidedMs, createdAtMs) < quietMs; // Then it may fall asleep at the next tick.
  return recent || isPutOff(truth, head);
}

function judged(truth: Truth, ledger: Ledger, service: string, counts: Counts): Ruling {
  const { level = 'awake' } = levelDue(truth, service, truth.now()) ?? {};
  const [now, entry] = [capacityOf(truth, service), ledger.of(service)];
  if (entry.unclear) {
    counts.unclear += 1;
    if (level === 'awake') ledger.settle(service);
    return undefined;
  }
  counts[level] += 1;
  if (level === 'awake')
    return holds(
      isDeepStrictEqual(plain(now), plain(entry.own)),
      () => `${service} is to be awake with ${told(entry.own)}, and has ${told(now)}`,
    );
  const asked = askedOf(truth, service, entry);
  return holds(now.desired === asked, () => `${service} is to be asleep with ${asked} tasks, and has ${told(now)}`);
}

function askedOf({ fleet }: Truth, service: string, { own, raisedTo }: Entry): number {
  const asked = fleet.nights?.byService.get(service)?.asleep.desired ?? 0;
  return raisedTo ?? Math.min(asked, own.desired, own.target?.max ?? Infinity);
}

function plain(capacity: Capacity): unknown {
  return JSON.parse(JSON.stringify(capacity)) as unknown; // Under jest, members may come from two realms, whose objects are never strictly equal.
}

function told({ desired, target }: Capacity): string {
  return `${desired} tasks within ${target === undefined ? 'no bounds' : JSON.stringify(target)}`;
}
