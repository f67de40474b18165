/** A schedule expression of EventBridge, read. */
export type Schedule =
  | { kind: 'rate'; everyMs: number }
  /** A local time without a zone, once. */
  | { kind: 'at'; local: string }
  /** Seconds to year, with Sunday as 0, as most cron evaluators have it. */
  | { kind: 'cron'; fields: string };

/** An expression that EventBridge would not take. */
export class ScheduleError extends Error {
  override name = 'ScheduleError';
}

const unitsMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const fieldNames = ['minutes', 'hours', 'day of month', 'month', 'day of week', 'year'];
/** What `n/step` runs to in each field. */
const fieldEnds = ['59', '23', '31', '12', '7', '2199'];

/** Reads `rate(…)`, `cron(…)` or `at(…)`; throws a ScheduleError that says what is wrong. */
export function parseSchedule(expression: string): Schedule {
  const [, kind, content = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return parseRate(content);
  if (kind === 'cron') return { kind: 'cron', fields: translate(content.trim().split(/\s+/)) };
  if (kind === 'at' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(content)) return { kind: 'at', local: content };
  throw new ScheduleError(`Invalid Schedule Expression ${expression}.`);
}

function parseRate(content: string): Schedule {
  const [, count = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(content.trim()) ?? [];
  const everyMs = Number(count) * (unitsMs[unit] ?? 0);
  if (!everyMs || (Number(count) === 1) !== (plural === '')) throw new ScheduleError(`Invalid Schedule Expression rate(${content}).`);
  return { kind: 'rate', everyMs };
}

/** AWS's six fields into seconds to year: `?` is any, Sunday is 1, `0/15` begins at 0, `6L` is the last Friday. */
function translate(fields: string[]): string {
  if (fields.length !== 6) throw new ScheduleError(`A cron expression has six fields (${fieldNames.join(', ')}); found ${fields.length}.`);
  if ((fields[2] === '?') === (fields[4] === '?')) throw new ScheduleError('Of day of month and day of week one is ?, and only one.');
  const translated = fields.map((field, index) =>
    field
      .split(',')
      .map((part) => translatePart(part, index))
      .join(','),
  );
  return ['0', ...translated].join(' ');
}

function translatePart(part: string, index: number): string {
  if (!/^[\dA-Z*?/\-#LW]+$/i.test(part)) throw new ScheduleError(`The field ${fieldNames[index]} is not valid: ${part}`);
  if (part === '?') return '*';
  const stepped = part.replace(/^(\d+)\//, (_, from: string) => `${from}-${fieldEnds[index]}/`);
  return index === 4 ? translateWeekday(stepped) : stepped;
}

function translateWeekday(part: string): string {
  if (part === 'L') return '6';
  const [days = '', rest = ''] = part.split(/(?=[#/])/);
  const shifted = days.replace(/\d+/g, (day) => String(weekday(Number(day))));
  return shifted.replace(/^(\w+)L$/, '$1#L') + rest;
}

function weekday(day: number): number {
  if (day < 1 || day > 7) throw new ScheduleError(`The day of week is 1 (Sunday) to 7; found ${day}`);
  return day - 1;
}
