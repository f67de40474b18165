import { civilDateOf, type CivilDay } from '../domain/civil-day.ts';
import type { Holiday } from '../domain/schedule.ts';

/** The holiday that a day is, where it is one. */
export function holidayOn(holidays: readonly Holiday[], day: CivilDay): Holiday | undefined {
  return holidays.find((holiday) => isWithin(holiday, day));
}

function isWithin({ every, from, to }: Holiday, day: CivilDay): boolean {
  if (every === 'once') return day >= from && day <= to;
  const { month, date } = civilDateOf(day);
  const ofYear = month * 100 + date;
  return from <= to ? ofYear >= from && ofYear <= to : ofYear >= from || ofYear <= to;
}
