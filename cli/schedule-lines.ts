import type { LostAction } from './inside-sleep.ts';
import { aligned, labelled, paragraph, type Page } from './page.ts';
import type { SleepDecision } from '../lib/calendar/decide-sleep.ts';
import type { MarkedDay, Preview } from '../lib/calendar/preview.ts';
import type { Schedule, SleepOverride } from '../lib/domain/schedule.ts';
import { counted, sentence, time } from '../lib/notifications/wording.ts';

/** The changes to come, and what is told beside them. */
export interface Told extends Preview {
  /** What a person ordered, while it holds. */
  override?: SleepOverride;
  /** Scheduled actions that fall into sleep. */
  lost: LostAction[];
  /** What could not be read. */
  notes: string[];
}

/** When a service sleeps and wakes, for people. */
export function scheduleLines(service: string, schedule: Schedule, now: SleepDecision, preview: Told, days: number, page: Page): string[] {
  const until = now.until === undefined ? '' : `, until ${time(now.until)}`;
  const edges = preview.edges.map(({ at, local, level }) => [`  ${level === 'awake' ? 'wakes' : 'sleeps'}`, local, time(at)]);
  return [
    page.paint('bold', service),
    ...labelled(
      [
        ['schedule', `${schedule.name}, ${schedule.timezone}`],
        ['now', `${now.level}${until}. ${sentence(now.reason.text)}`],
        ...(preview.override === undefined ? [] : [['ordered', orderText(preview.override)] as const]),
      ],
      page.width,
    ),
    '',
    ...(edges.length === 0 ? [`  Nothing changes within ${counted(days, 'day')}.`] : aligned(edges)),
    ...(preview.days.length === 0 ? [] : ['', ...aligned(preview.days.map((day) => [`  ${day.date}`, marks(day)]))]),
    ...(preview.lost.length + preview.notes.length === 0 ? [] : ['']),
    ...preview.lost.flatMap((action) => paragraph(lostText(action), page.width)),
    ...preview.notes.flatMap((note) => paragraph(sentence(note), page.width)),
  ];
}

function marks({ holiday, clocksMinutes }: MarkedDay): string {
  const clocks =
    clocksMinutes === undefined ? [] : [`clocks go ${clocksMinutes > 0 ? 'forward' : 'back'} ${Math.abs(clocksMinutes)} minutes`];
  return [...(holiday === undefined ? [] : [`holiday: ${holiday}`]), ...clocks].join('; ');
}

function orderText({ level, until, actor, reason }: SleepOverride): string {
  return `${level}${until === undefined ? '' : ` until ${time(until)}`}, by ${actor}: ${reason}`;
}

function lostText({ name, expression, timezone, first }: LostAction): string {
  const when = first === undefined ? 'may fall into its sleep' : `falls into its sleep, first ${time(first)}`;
  return `Warning: the scheduled action ${name}, ${expression} (${timezone}), ${when}: AWS does not make up for it.`;
}
