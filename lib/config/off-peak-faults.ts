import { isMapping } from './defaults.ts';
import { fault, foundText, type Fault, type Path } from './faults.ts';
import { nearest } from '../domain/nearest.ts';

type Settings = Record<string, unknown>;

/** Names of schedules and services that lead nowhere, and services that would wait for each other for ever. */
export function offPeakFaults(raw: Settings): Fault[] {
  const services = isMapping(raw['services']) ? raw['services'] : {};
  const defaults = isMapping(raw['defaults']) ? raw['defaults'] : {};
  const schedules = Object.keys(isMapping(raw['schedules']) ? raw['schedules'] : {});
  const keys = Object.keys(services);
  const places = [
    ...Object.entries(services).map(([key, settings]) => ({ path: ['services', key], settings })),
    { path: ['defaults'], settings: defaults },
  ];
  const named = places.flatMap(({ path, settings }) =>
    isMapping(settings)
      ? [...unknownSchedule(settings['offPeak'], path, schedules), ...unknownServices(settings['after'], path, keys)]
      : [],
  );
  return [...named, ...circles(services, defaults)];
}

function unknownSchedule(name: unknown, path: Path, schedules: string[]): Fault[] {
  if (typeof name !== 'string' || schedules.includes(name)) return [];
  const allowed =
    schedules.length === 0 ? 'the name of a schedule: there is none under schedules' : `one of the schedules ${schedules.join(', ')}`;
  return [fault([...path, 'offPeak'], foundText(name), `${allowed}; or false`, nearest(name, schedules))];
}

function unknownServices(after: unknown, path: Path, keys: string[]): Fault[] {
  return servicesIn(after).flatMap((key, index) =>
    keys.includes(key) ? [] : [fault([...path, 'after', index], foundText(key), 'a service under services', nearest(key, keys))],
  );
}

/** Each circle is told once, at the service of it that stands first. */
function circles(services: Settings, defaults: Settings): Fault[] {
  const keys = Object.keys(services);
  const found = keys.flatMap((key) => {
    const circle = circleFrom(key, (each) => waitsFor(each, services[each], defaults));
    return circle !== undefined && keys.indexOf(key) === Math.min(...circle.map((each) => keys.indexOf(each))) ? [circle] : [];
  });
  return found.map((circle) => fault(['services', circle[0] ?? '', 'after'], circle.join(' waits for '), 'an order without a circle'));
}

function circleFrom(start: string, next: (key: string) => string[]): string[] | undefined {
  const trails = [[start]];
  const seen = new Set<string>();
  for (let trail = trails.shift(); trail !== undefined; trail = trails.shift()) {
    for (const key of next(trail.at(-1) ?? '')) {
      if (key === start) return [...trail, start];
      if (!seen.has(key)) trails.push([...trail, key]);
      seen.add(key);
    }
  }
  return undefined;
}

/** The order that a service inherits leaves itself out: it may be the one that all others wait for. */
function waitsFor(key: string, settings: unknown, defaults: Settings): string[] {
  if (isMapping(settings) && 'after' in settings) return servicesIn(settings['after']);
  return servicesIn(defaults['after']).filter((other) => other !== key);
}

function servicesIn(after: unknown): string[] {
  return Array.isArray(after) ? after.filter((key) => typeof key === 'string') : [];
}
