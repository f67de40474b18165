import { aligned, labelled, type Page } from './page.ts';
import type { SleepDecision } from '../lib/calendar/decide-sleep.ts';
import type { MarkedDay, Preview } from '../lib/calendar/preview.ts';
import type { Schedule } from '../lib/domain/schedule.ts';
import { counted, sentence, time } from '../lib/notifications/wording.ts';

/** When a service sleeps and wakes, for people. */
export function scheduleLines(
  service: string,
  schedule: Schedule,
  now: SleepDecision,
  preview: Preview,
  days: number,
  page: Page,
): string[] {
  const until = now.until === undefined ? '' : `, until ${time(now.until)}`;
  const edges = preview.edges.map(({ at, local, level }) => [`  ${level === 'awake' ? 'wakes' : 'sleeps'}`, local, time(at)]);
  return [
    page.paint('bold', service),
    ...labelled(
      [
        ['schedule', `${schedule.name}, ${schedule.timezone}`],
        ['now', `${now.level}${until}. ${sentence(now.reason.text)}`],
      ],
      page.width,
    ),
    '',
    ...(edges.length === 0 ? [`  Nothing changes within ${counted(days, 'day')}.`] : aligned(edges)),
    ...(preview.days.length === 0 ? [] : ['', ...aligned(preview.days.map((day) => [`  ${day.date}`, marks(day)]))]),
  ];
}

function marks({ holiday, clocksMinutes }: MarkedDay): string {
  const clocks =
    clocksMinutes === undefined ? [] : [`clocks go ${clocksMinutes > 0 ? 'forward' : 'back'} ${Math.abs(clocksMinutes)} minutes`];
  return [...(holiday === undefined ? [] : [`holiday: ${holiday}`]), ...clocks].join('; ');
}
