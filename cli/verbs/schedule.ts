import { CommandError } from '../command-error.ts';
import { scheduleLines } from '../schedule-lines.ts';
import { verb } from '../verb.ts';
import { wholeNumber } from '../whole-number.ts';
import { decideSleep } from '../../lib/calendar/decide-sleep.ts';
import { previewOf } from '../../lib/calendar/preview.ts';

/** `autopilot schedule`: when a service sleeps and wakes, by the configuration at hand. */
export const schedule = verb({
  name: 'schedule',
  summary: 'show when a service sleeps and wakes',
  about: [
    'Tells each change of the next days in local time and in UTC, and marks holidays and the days on which clocks change. It changes nothing, asks AWS nothing, and takes the configuration as it stands in serverless.yml, deployed or not: what people ordered is not in it.',
  ],
  service: 'required',
  flags: { days: { type: 'string', value: 'N', summary: 'how many days are shown, 1 to 366; default: 14' } },
  changes: false,
  run: async ({ policy, flags, settings, now, page }) => {
    const days = wholeNumber('--days', flags.days, { least: 1, most: 366, otherwise: 14 });
    const found = settings.configuration.schedules?.[policy.offPeak?.schedule ?? ''];
    if (found === undefined)
      throw new CommandError(2, `${policy.service} sleeps by no schedule: set offPeak to the name of one under schedules.`);
    const [current, preview] = [decideSleep({}, found, now), previewOf(found, undefined, now, days)];
    const data = { version: 1, service: policy.service, schedule: found.name, timezone: found.timezone, now: current, ...preview };
    return { lines: scheduleLines(policy.service, found, current, preview, days, page), data };
  },
});
