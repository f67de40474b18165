import { parseDuration } from './durations.ts';
import { builtIn, isMapping } from './defaults.ts';
import { fault, foundText } from './faults.ts';
import type { Fault, Path } from './faults.ts';
import { channelFaults } from './channel-faults.ts';
import { gateFaults } from './gate-faults.ts';
import { offPeakFaults } from './off-peak-faults.ts';
import { priceFaults } from './price-faults.ts';
import { listOf, repeated, type Place } from './repeats.ts';
import { scheduleFaults } from './schedule-faults.ts';
import { ruleFaults } from './tag-rule.ts';
import { serviceKeyAllowed, serviceKeyPattern } from './schema.ts';

/** What the schema cannot see: keys that exclude each other, repeats, bounds that depend on each other. Reads raw values, so that it finds its faults beside any others. */
export function contradictions(raw: unknown): Fault[] {
  if (!isMapping(raw)) return [];
  const services = isMapping(raw['services']) ? raw['services'] : {};
  const defaults = isMapping(raw['defaults']) ? raw['defaults'] : {};
  const empty =
    isMapping(raw['services']) && Object.keys(services).length === 0 ? [fault(['services'], 'no service', 'at least one service')] : [];
  const ofDefaults = [...imageForms(defaults, ['defaults']), ...repeats(defaults, ['defaults'])];
  const ofServices = Object.entries(services).flatMap(([key, service]) => serviceFaults(key, service, defaults));
  return [
    ...empty,
    ...ofDefaults,
    ...scheduleFaults(raw['schedules']),
    ...offPeakFaults(raw),
    ...priceFaults(raw['prices']),
    ...new Map(ofServices.map((each) => [JSON.stringify(each), each])).values(),
    ...channelFaults(raw['alerts'], Object.keys(services)),
  ];
}

function serviceFaults(key: string, service: unknown, defaults: Record<string, unknown>): Fault[] {
  const path = ['services', key];
  const badKey = serviceKeyPattern.test(key) ? [] : [fault(path, `the key ${JSON.stringify(key)}`, serviceKeyAllowed)];
  if (!isMapping(service)) return badKey;
  const hasImage = [service, defaults].some((settings) => 'image' in settings || 'images' in settings);
  const noImage = hasImage ? [] : [fault([...path, 'image'], 'nothing', 'an ECR repository, such as my-web-app')];
  return [
    ...badKey,
    ...noImage,
    ...imageForms(service, path),
    ...repeats(service, path),
    ...tagFaults(service, defaults, path),
    ...windows(service, defaults, path),
    ...gateFaults(service, defaults, path),
  ];
}

function imageForms(settings: Record<string, unknown>, path: Path): Fault[] {
  if (!('images' in settings)) return [];
  const short = ['image', 'containers', 'tags'].filter((key) => key in settings);
  return short.map((key) =>
    fault([...path, key], `${key} beside images`, `either images, or image with containers and tags; put ${key} into an entry of images`),
  );
}

function repeats(settings: Record<string, unknown>, path: Path): Fault[] {
  const images = listOf(settings['images']);
  const repositories = images.map((image, index) => ({
    path: [...path, 'images', index, 'repository'],
    value: isMapping(image) ? image['repository'] : undefined,
  }));
  const containers = images.flatMap((image, index) => containersAt(image, [...path, 'images', index]));
  return [
    ...repeated(repositories, 'each repository once'),
    ...repeated([...containersAt(settings, path), ...containers], 'each container once in a service'),
  ];
}

function containersAt(holder: unknown, path: Path): Place[] {
  return listOf(isMapping(holder) ? holder['containers'] : undefined).map((value, index) => ({
    path: [...path, 'containers', index],
    value,
  }));
}

/** A rule is judged as it is merged; its fault is told where the key stands. */
function tagFaults(service: Record<string, unknown>, defaults: Record<string, unknown>, path: Path): Fault[] {
  const [inherited, own] = [defaults['tags'], service['tags']];
  const places = listOf(service['images']).map((image, index) => ({
    path: [...path, 'images', index, 'tags'],
    rule: isMapping(image) ? image['tags'] : undefined,
  }));
  const merged = isMapping(inherited) && isMapping(own) ? { ...inherited, ...own } : own;
  const faults = [{ path: [...path, 'tags'], rule: merged }, ...places].flatMap(ruleFaultsAt);
  return own === undefined ? [...faults, ...ruleFaultsAt({ path: ['defaults', 'tags'], rule: inherited })] : faults;
}

function ruleFaultsAt({ path, rule }: { path: Path; rule: unknown }): Fault[] {
  if (!isMapping(rule)) return [];
  return ruleFaults(rule).map(({ key, allowed }) =>
    key === '' ? fault(path, 'an empty mapping', allowed) : fault([...path, key], foundText(rule[key]), allowed),
  );
}

function guardOf(settings: Record<string, unknown>): Record<string, unknown> {
  const guard = isMapping(settings['verify']) ? settings['verify']['guard'] : undefined;
  return isMapping(guard) ? guard : {};
}

/** A guard that looks back farther than it lasts would count what came before it. */
function windows(service: Record<string, unknown>, defaults: Record<string, unknown>, path: Path): Fault[] {
  const guard: Record<string, unknown> = { ...builtIn.verify.guard, ...guardOf(defaults), ...guardOf(service) };
  const [lasts, looksBack] = [msOf(guard['for']), msOf(guard['within'])];
  if (lasts === undefined || looksBack === undefined || lasts === 0 || looksBack <= lasts) return [];
  return [fault([...path, 'verify', 'guard', 'within'], foundText(guard['within']), `at most guard.for, which is ${String(guard['for'])}`)];
}

function msOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseDuration(value) : undefined;
}
