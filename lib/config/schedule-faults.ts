import { isMapping } from './defaults.ts';
import { fault, foundText, type Fault, type Path } from './faults.ts';
import { readHoliday, readOnce } from './schedule-days.ts';
import { dateText, type Read } from './schedule-text.ts';
import { readWindow } from './schedule-window.ts';
import { isTimezone, nearestTimezone } from './timezones.ts';

/** What the schema cannot see of schedules: what their texts mean, and what contradicts itself. */
export function scheduleFaults(raw: unknown): Fault[] {
  return isMapping(raw)
    ? Object.entries(raw).flatMap(([name, one]) => (isMapping(one) ? oneScheduleFaults(one, ['schedules', name]) : []))
    : [];
}

function oneScheduleFaults(schedule: Record<string, unknown>, path: Path): Fault[] {
  return [
    ...timezoneFaults(schedule['timezone'], [...path, 'timezone']),
    ...textFaults(schedule['awake'], [...path, 'awake'], readWindow),
    ...textFaults(schedule['holidays'], [...path, 'holidays'], readHoliday),
    ...exceptionFaults(schedule['exceptions'], [...path, 'exceptions']),
    ...asleepFaults(schedule['asleep'], [...path, 'asleep']),
  ];
}

function timezoneFaults(name: unknown, path: Path): Fault[] {
  if (typeof name !== 'string' || isTimezone(name)) return [];
  return [fault(path, foundText(name), 'a time zone of the IANA list, such as Europe/Berlin', nearestTimezone(name))];
}

function textFaults(texts: unknown, path: Path, read: (text: string) => Read<unknown>): Fault[] {
  return listOf(texts).flatMap((text, index) => textFault(dateText(text), [...path, index], read));
}

function textFault(text: unknown, path: Path, read: (text: string) => Read<unknown>): Fault[] {
  if (typeof text !== 'string') return [];
  const found = read(text);
  return 'value' in found ? [] : [fault(path, foundText(text), found.allowed, found.meant)];
}

interface Once {
  path: Path;
  level: string;
  text: string;
  from: number;
  to: number;
}

function exceptionFaults(exceptions: unknown, path: Path): Fault[] {
  const entries = listOf(exceptions).map((entry, index) => ({ entry: isMapping(entry) ? entry : {}, path: [...path, index] }));
  const oneKey = entries.flatMap(({ entry, path: at }) => {
    const count = ['awake', 'asleep'].filter((key) => key in entry).length;
    return count === 1 ? [] : [fault(at, count === 0 ? 'neither' : 'both', 'either awake or asleep')];
  });
  const texts = entries.flatMap(({ entry, path: at }) =>
    Object.entries(entry).flatMap(([key, text]) => textFault(dateText(text), [...at, key], readOnce)),
  );
  return [...oneKey, ...texts, ...overlaps(entries.flatMap(({ entry, path: at }) => onceOf(entry, at)))];
}

function onceOf(entry: Record<string, unknown>, path: Path): Once[] {
  return ['awake', 'asleep'].flatMap((level) => {
    const text = dateText(entry[level]);
    const read = typeof text === 'string' ? readOnce(text) : undefined;
    return read !== undefined && 'value' in read ? [{ path: [...path, level], level, text: String(text), ...read.value }] : [];
  });
}

function overlaps(spans: Once[]): Fault[] {
  return spans.flatMap((span, index) => {
    const other = spans.slice(0, index).find(({ level, from, to }) => level !== span.level && from < span.to && span.from < to);
    return other === undefined
      ? []
      : [fault(span.path, foundText(span.text), `no overlap with ${other.level}: ${other.text}, which says otherwise`)];
  });
}

function asleepFaults(asleep: unknown, path: Path): Fault[] {
  if (!isMapping(asleep)) return [];
  const { min, desired } = asleep;
  if (typeof min !== 'number' || typeof desired !== 'number' || min <= desired) return [];
  return [fault([...path, 'min'], foundText(min), `at most desired, which is ${desired}: AWS lifts the count to min`)];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
