import type { Instant } from '../../domain/instant.ts';

/** `2026-11`, as AWS bills it: in UTC. */
export type Month = string;

/** The month that an instant falls into. */
export function monthOf(instant: Instant): Month {
  return instant.slice(0, 7);
}

/** When a month begins. */
export function beginOf(month: Month): Instant {
  return `${month}-01T00:00:00.000Z`;
}

/** The month that comes so many after another; before it, where the number is negative. */
export function monthAfter(month: Month, months: number): Month {
  const [year = 0, ofYear = 1] = month.split('-').map(Number);
  return monthOf(new Date(Date.UTC(year, ofYear - 1 + months)).toISOString());
}

/** Its share of each month, in milliseconds that really passed: clocks that change alter nothing of it. */
export function byMonth(from: Instant, to: Instant): { month: Month; ms: number }[] {
  const shares: { month: Month; ms: number }[] = [];
  for (let begin = from; begin < to;) {
    const next = beginOf(monthAfter(monthOf(begin), 1));
    const end = next < to ? next : to;
    shares.push({ month: monthOf(begin), ms: Date.parse(end) - Date.parse(begin) });
    begin = end;
  }
  return shares;
}
