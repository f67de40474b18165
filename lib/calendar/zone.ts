/** Minutes of local time since 1970-01-01T00:00, as the clocks of a zone show it. */
export type LocalMinute = number;

const minuteMs = 60_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

// Made when first asked for: a bundle without schedules pays nothing for it.
function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known !== undefined) return known;
  const numeric = 'numeric';
  const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric } as const;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: timezone, hourCycle: 'h23', ...parts });
  formatters.set(timezone, made);
  return made;
}

/** What the clocks of the zone show at an instant, to the minute. */
export function localMinuteOf(timezone: string, ms: number): LocalMinute {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(timezone).formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute) / minuteMs;
}

/** How far the zone's clocks are ahead of UTC at an instant. */
export function offsetMinutesOf(timezone: string, ms: number): number {
  return localMinuteOf(timezone, ms) - Math.floor(ms / minuteMs);
}
