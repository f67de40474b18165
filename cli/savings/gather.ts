import { every } from '../every.ts';
import { beginOf, type Month } from '../../lib/decide/savings/months.ts';
import { sleptHours, type SleptHours } from '../../lib/decide/savings/slept-hours.ts';
import { toInstant, type Instant } from '../../lib/domain/instant.ts';
import type { TaskShape } from '../../lib/domain/savings.ts';
import type { Sleep, SleptRecord } from '../../lib/domain/sleep.ts';
import type { CommandLineNeeds } from '../../lib/wire.ts';

/** What is on record of one service. */
export interface ServiceSlept {
  service: string;
  hours: SleptHours[];
  /** Since when it sleeps now. */
  asleepSince?: Instant;
}

const lanes = 16;
/** Revisions are read more slowly: AWS answers twenty a second to the whole account. */
const revisionLanes = 2;

/** The sleeps of each service that reach into these months, and the one that goes on. */
export function readSlept(
  needs: CommandLineNeeds,
  services: readonly string[],
  months: readonly Month[],
  now: Date,
): Promise<ServiceSlept[]> {
  const from = beginOf(months[0] ?? '');
  return every(services, lanes, async (service) => {
    const [over, head] = await Promise.all([needs.sleeps.list(service, from), needs.heads.read(service)]);
    const sleep = head?.sleep;
    // What was put on record a moment ago may still stand in the head, and a sleep that goes on after all stands in both.
    const others = over.filter(({ since }) => since !== sleep?.since);
    const hours = [...others.flatMap((one) => sleptHours(one)), ...(sleep === undefined ? [] : current(sleep, now))];
    return {
      service,
      hours: hours.filter(({ month }) => months.includes(month)),
      ...(sleep !== undefined && goesOn(sleep) ? { asleepSince: sleep.since } : {}),
    };
  });
}

function current(sleep: Sleep, now: Date): SleptHours[] {
  const record: SleptRecord = sleep;
  return goesOn(sleep) ? sleptHours(record, toInstant(now)) : sleptHours(record);
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
