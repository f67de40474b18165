import { nearest } from '../domain/nearest.ts';

/** Whether the time zone data of this machine know a name. Offsets such as +01:00 are none: their clocks never change. */
export function isTimezone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // That it knows none such is all it says.
  }
}

/** The name that was probably meant, the city alone being enough. */
export function nearestTimezone(name: string): string | undefined {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const cities = names.map((each) => each.slice(each.lastIndexOf('/') + 1));
  const city = name.includes('/') ? undefined : nearest(name.replaceAll(' ', '_'), cities);
  return city === undefined ? nearest(name, names) : names[cities.indexOf(city)];
}
