import { CommandError } from '../command-error.ts';
import { scheduleLines } from '../schedule-lines.ts';
import { verb } from '../verb.ts';
import { asleepSpans, insideSleep } from '../inside-sleep.ts';
import { wholeNumber } from '../whole-number.ts';
import { decideSleep } from '../../lib/calendar/decide-sleep.ts';
import { previewOf } from '../../lib/calendar/preview.ts';
import { isPast } from '../../lib/domain/instant.ts';
import type { SleepOverride } from '../../lib/domain/schedule.ts';

/** `autopilot schedule`: when a service sleeps and wakes, by the configuration at hand. */
export const schedule = verb({
  name: 'schedule',
  summary: 'show when a service sleeps and wakes',
  about: [
    'Tells each change of the next days in local time and in UTC, and marks holidays and the days on which clocks change. It changes nothing, and takes the configuration as it stands in serverless.yml, deployed or not.',
    'Of AWS it asks what a person ordered over the schedule, and which scheduled actions fall into sleep; what it cannot ask it says.',
  ],
  service: 'required',
  flags: { days: { type: 'string', value: 'N', summary: 'how many days are shown, 1 to 366; default: 14' } },
  changes: false,
  run: async ({ policy, flags, settings, needs, now, page }) => {
    const days = wholeNumber('--days', flags.days, { least: 1, most: 366, otherwise: 14 });
    const found = settings.configuration.schedules?.[policy.offPeak?.schedule ?? ''];
    if (found === undefined)
      throw new CommandError(2, `${policy.service} sleeps by no schedule: set offPeak to the name of one under schedules.`);
    const notes: string[] = [];
    const { service } = policy;
    const head = await asked(notes, 'What a person ordered', () => needs.heads.read(service));
    const override = stillHolds(head?.override, now);
    const actions = await asked(notes, 'Scheduled actions', () => needs.scheduledActions.of(service));
    const [current, preview] = [decideSleep(override === undefined ? {} : { override }, found, now), previewOf(found, override, now, days)];
    const until = new Date(now.getTime() + days * 86_400_000);
    const lost = insideSleep(actions ?? [], asleepSpans(current.level, preview.edges, now, until));
    const told = { ...preview, ...(override === undefined ? {} : { override }), lost, notes };
    const data = { version: 1, service, schedule: found.name, timezone: found.timezone, now: current, ...told };
    return { lines: scheduleLines(service, found, current, told, days, page), data };
  },
});

// The schedule is told without AWS, too.
async function asked<T>(notes: string[], what: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    notes.push(`${what} could not be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function stillHolds(override: SleepOverride | undefined, now: Date): SleepOverride | undefined {
  return override?.until !== undefined && isPast(override.until, now) ? undefined : override;
}
