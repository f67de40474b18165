/** A day of the calendar, wherever it is lived: days since 1970-01-01. */
export type CivilDay = number;

/** 0 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export interface CivilDate {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  date: number;
}

const dayMs = 86_400_000;
export const dayMinutes = 1440;

/** The day of a date; undefined where the calendar has no such date. */
export function civilDayOf({ year, month, date }: CivilDate): CivilDay | undefined {
  const day = Date.UTC(year, month - 1, date) / dayMs;
  const found = civilDateOf(day);
  return found.year === year && found.month === month && found.date === date ? day : undefined;
}

export function civilDateOf(day: CivilDay): CivilDate {
  const at = new Date(day * dayMs);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

export function weekdayOf(day: CivilDay): Weekday {
  return ((((day + 4) % 7) + 7) % 7) as Weekday; // 1970-01-01 was a Thursday.
}

/** Whether it is the first, second … of its weekday in its month; -1 asks for the last. */
export function isNthWeekday(day: CivilDay, nth: number): boolean {
  if (nth > 0) return Math.ceil(civilDateOf(day).date / 7) === nth;
  return civilDateOf(day + 7).month !== civilDateOf(day).month;
}

/** `2026-12-31` */
export function civilDayText(day: CivilDay): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
