import { Cron } from 'croner';
import type { Agenda } from './model/agenda.ts';
import { parseSchedule, type Schedule } from './model/schedule.ts';

/** When a schedule runs next, after a moment. A local time that a change of clocks leaves out is skipped; one that comes twice runs once. */
export function nextRun(schedule: Schedule, timezone: string, since: Date, after: Date): Date | undefined {
  if (schedule.kind === 'rate') {
    const runs = Math.floor((after.getTime() - since.getTime()) / schedule.everyMs) + 1;
    return new Date(since.getTime() + runs * schedule.everyMs);
  }
  if (schedule.kind === 'at') {
    const at = new Cron(schedule.local, { timezone, paused: true }).nextRun(after);
    return at ?? undefined;
  }
  const cron = new Cron(schedule.fields, { timezone, paused: true });
  let run = cron.nextRun(after);
  // Croner moves a time that does not exist to the next that does; EventBridge leaves it out.
  while (run && !cron.match(run)) run = cron.nextRun(run);
  return run ?? undefined;
}

/** Runs something at each time of an expression, as long as it is wanted; throws at once where the expression is not valid. */
export function recurring(agenda: Agenda, expression: string, timezone: string, wanted: () => boolean, run: (at: Date) => void): void {
  const schedule = parseSchedule(expression);
  const since = agenda.now();
  const plan = (after: Date): void => {
    const next = nextRun(schedule, timezone, since, after);
    if (!next) return;
    agenda.at(next, () => {
      if (!wanted()) return;
      run(next);
      plan(next);
    });
  };
  plan(since);
}
