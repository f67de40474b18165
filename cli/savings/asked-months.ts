import { usageError } from '../command-error.ts';
import { wholeNumber } from '../whole-number.ts';
import { monthAfter, monthOf, type Month } from '../../lib/decide/savings/months.ts';
import { toInstant } from '../../lib/domain/instant.ts';

/** The months that were asked for, in order: one by its name, or the last few with this one; without either this one. */
export function askedMonths({ month, months }: { month?: string; months?: string }, now: Date): Month[] {
  const current = monthOf(toInstant(now));
  if (month === undefined) {
    const count = wholeNumber('--months', months, { least: 1, most: 36, otherwise: 1 });
    return Array.from({ length: count }, (_, index) => monthAfter(current, index + 1 - count));
  }
  if (months !== undefined) throw usageError('savings takes --month or --months, not both');
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw usageError(`--month takes a month such as ${current}; found ${month}`);
  if (month > current) throw usageError(`--month takes a month that has begun, up to ${current}; found ${month}`);
  return [month];
}
