import type { ServiceSlept } from './gather.ts';
import { unpriced } from './lines.ts';
import type { Savings } from './report.ts';
import { beginOf } from '../../lib/decide/savings/months.ts';
import { toInstant } from '../../lib/domain/instant.ts';
import type { TaskShape } from '../../lib/domain/savings.ts';
import { revisionName } from '../../lib/domain/failure.ts';
import { time } from '../../lib/notifications/wording.ts';

/** What is to be known beside the figures, a sentence each. */
export function notesOf(
  slept: readonly ServiceSlept[],
  shapes: ReadonlyMap<string, TaskShape>,
  { rows, months }: Savings,
  kept: { historyMs: number; now: Date },
): string[] {
  const [month = ''] = months;
  const oldest = toInstant(new Date(kept.now.getTime() - kept.historyMs));
  const running = rows.filter((row) => row.running);
  return [
    ...(running.length === 0 ? [] : [`* Asleep now: counted until ${time(toInstant(kept.now))}.`]),
    ...(rows.some(({ watched }) => watched)
      ? ['(watch): what would have been saved; mode was watch, and nothing slept. It is in no sum.']
      : []),
    ...(beginOf(month) < oldest ? [`Sleeps that ended before ${time(oldest)} are no longer on record (history).`] : []),
    ...unread(slept, shapes),
    ...unpriced(rows),
    ...withStorage(slept, shapes),
  ];
}

function unread(slept: readonly ServiceSlept[], shapes: ReadonlyMap<string, TaskShape>): string[] {
  const unknown = revisionsOf(slept).filter((arn) => shapes.get(arn)?.size === undefined);
  return unknown.length === 0 ? [] : [`Without size, so that only hours are told: ${unknown.map(revisionName).join(', ')}.`];
}

function withStorage(slept: readonly ServiceSlept[], shapes: ReadonlyMap<string, TaskShape>): string[] {
  const beyond = revisionsOf(slept).filter((arn) => shapes.get(arn)?.extraStorageGb !== undefined);
  return beyond.length === 0
    ? []
    : [`Not counted: ephemeral storage beyond 20 GB, of which there is some in ${beyond.map(revisionName).join(', ')}.`];
}

function revisionsOf(slept: readonly ServiceSlept[]): string[] {
  return [...new Set(slept.flatMap(({ hours }) => hours.flatMap(({ taskDefinition }) => taskDefinition ?? [])))];
}
