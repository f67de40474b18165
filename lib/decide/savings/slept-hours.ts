import { byMonth, type Month } from './months.ts';
import { sleptSpans } from './slept-spans.ts';
import { spread, unknownProvider } from './spread.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SleptRecord } from '../../domain/sleep.ts';

/** Hours of tasks that did not run, of one revision, in one place and one month. */
export interface SleptHours {
  month: Month;
  provider: string;
  /** ARN of the revision; absent where the record does not say it. */
  taskDefinition?: string;
  taskHours: number;
}

const hourMs = 3_600_000;

/** What a sleep saved, had its service stayed at the count with which it fell asleep, and with what it ran then. */
export function sleptHours(record: SleptRecord, until?: Instant): SleptHours[] {
  const { taskDefinition, launch = [{ provider: unknownProvider, base: 0, weight: 1 }] } = record.ran ?? {};
  const revision = taskDefinition === undefined ? {} : { taskDefinition };
  return sleptSpans(record, until).flatMap(({ from, to, had, left }) => {
    const [before, meanwhile] = [spread(had, launch), spread(left, launch)];
    return byMonth(from, to).flatMap(({ month, ms }) =>
      [...before].flatMap(([provider, tasks]) => {
        const taskHours = ((tasks - (meanwhile.get(provider) ?? 0)) * ms) / hourMs;
        // None where as many ran, or more, since somebody scaled it up.
        return taskHours > 0 ? [{ month, provider, ...revision, taskHours }] : [];
      }),
    );
  });
}
