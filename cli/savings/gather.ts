import { every } from '../every.ts';
import { beginOf, type Month } from '../../lib/decide/savings/months.ts';
import { sleptHours, type SleptHours } from '../../lib/decide/savings/slept-hours.ts';
import { toInstant, type Instant } from '../../lib/domain/instant.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import type { TaskShape } from '../../lib/domain/savings.ts';
import type { Sleep, SleptRecord } from '../../lib/domain/sleep.ts';
import type { CommandLineNeeds } from '../../lib/wire.ts';

/** What is on record of one service. */
export interface ServiceSlept {
  service: string;
  /** It only would have slept, since its mode was watch. */
  watched: boolean;
  hours: SleptHours[];
  /** Since when it sleeps now. */
  asleepSince?: Instant;
}

const lanes = 16;
/** Revisions are read more slowly: AWS answers twenty a second to the whole account. */
const revisionLanes = 2;

/** The sleeps of each service that reach into these months, and the one that goes on; those that only would have been apart from the others. */
export async function readSlept(
  needs: CommandLineNeeds,
  policies: readonly ServicePolicy[],
  months: readonly Month[],
  now: Date,
): Promise<ServiceSlept[]> {
  const from = beginOf(months[0] ?? '');
  const found = await every(policies, lanes, async ({ service, mode, offPeak }) => {
    const [over, head] = await Promise.all([needs.sleeps.list(service, from), needs.heads.read(service)]);
    // What an earlier configuration left in the head goes on no more.
    const wouldSleep = mode === 'watch' && offPeak !== undefined ? head?.wouldSleep : undefined;
    const told = [false, true].map((watched) => {
      const records = over.filter((one) => (one.watched === true) === watched);
      return sleptOf(service, watched, records, watched ? wouldSleep : head?.sleep, now);
    });
    return told.map((one) => ({ ...one, hours: one.hours.filter(({ month }) => months.includes(month)) }));
  });
  return found.flat();
}

function sleptOf(service: string, watched: boolean, over: SleptRecord[], sleep: Sleep | undefined, now: Date): ServiceSlept {
  // What was put on record a moment ago may still stand in the head, and a sleep that goes on after all stands in both.
  const hours = over.filter(({ since }) => since !== sleep?.since).flatMap((one) => sleptHours(one));
  if (sleep === undefined) return { service, watched, hours };
  const goes = goesOn(sleep);
  const all = [...hours, ...sleptHours(sleep, goes ? toInstant(now) : undefined)];
  return { service, watched, hours: all, ...(goes ? { asleepSince: sleep.since } : {}) };
}

// Once AWS took it that it wakes, its last change is the one by which it was woken.
function goesOn({ state, askedAt }: Sleep): boolean {
  return state !== 'waking' || askedAt === undefined;
}

/** How large the tasks of these revisions are. One that cannot be read is told, and its hours stand without size. */
export async function readShapes(
  needs: CommandLineNeeds,
  slept: readonly ServiceSlept[],
  notes: string[],
): Promise<Map<string, TaskShape>> {
  const revisions = [...new Set(slept.flatMap(({ hours }) => hours.flatMap(({ taskDefinition }) => taskDefinition ?? [])))];
  const shapes = new Map<string, TaskShape>();
  await every(revisions, revisionLanes, async (arn) => {
    const found = await needs.taskDefinitions.read(arn).catch((error: unknown) => {
      notes.push(error instanceof Error ? error.message : String(error));
    });
    if (found !== undefined) shapes.set(arn, needs.shapeOf(found));
  });
  return shapes;
}
