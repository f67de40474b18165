import { createHash } from 'node:crypto';
import type { Configuration, ImagePolicy, ServicePolicy, VerifyPolicy } from '../domain/policy.ts';
import { compileGates } from './compile-gates.ts';
import { compileSchedules } from './compile-schedules.ts';
import { compileTags } from './compile-tags.ts';
import { builtInHistory, builtInPerMinute, withDefaults } from './defaults.ts';
import type { builtIn } from './defaults.ts';
import { parseDuration } from './durations.ts';
import type { RawConfiguration, RawService } from './schema.ts';
import { parseShare } from './shares.ts';

type Resolved = RawService & typeof builtIn;

/** The policy of each service, defaults filled in and units resolved. Takes what `validateConfiguration` found without fault. */
export function compile(raw: RawConfiguration): Configuration {
  const historyMs = durationMs(raw.history ?? builtInHistory);
  const services = Object.keys(raw.services) // In the order of the configuration: the sandbox's story plays on its first service.
    .map((key) => [key, compileService(key, withDefaults(raw.services[key] ?? {}, raw.defaults ?? {}), historyMs)] as const);
  const content = {
    services: Object.fromEntries(services),
    ...usedSchedules(raw, services),
    reconcile: { perMinute: raw.reconcile?.perMinute ?? builtInPerMinute },
    ...(raw.metrics === true ? { metrics: true as const } : {}),
  };
  return { hash: hashOf(content), ...content };
}

// A schedule that nobody sleeps by travels in no bundle.
function usedSchedules(
  { schedules = {} }: RawConfiguration,
  services: (readonly [string, ServicePolicy])[],
): Pick<Configuration, 'schedules'> {
  const used = new Set(services.map(([, { offPeak }]) => offPeak?.schedule));
  const raw = Object.entries(schedules).filter(([name]) => used.has(name));
  return raw.length === 0 ? {} : { schedules: compileSchedules(Object.fromEntries(raw)) };
}

function compileService(key: string, settings: Resolved, historyMs: number): ServicePolicy {
  const [cluster = '', name = ''] = key.split('/');
  const { base, mode, managed } = settings;
  const policy = {
    service: key,
    cluster,
    name,
    images: compileImages(settings),
    base,
    verify: compileVerify(settings.verify),
    ...compileGates(settings.gates),
    ...compileOffPeak(key, settings),
    ...compileLevel(settings),
    mode,
    managed,
    historyMs,
  };
  return { ...policy, hash: hashOf(policy) };
}

// What tells of everything leaves it out.
function compileLevel({ alerts: { level = 'info' } = {} }: Resolved): Pick<ServicePolicy, 'level'> {
  return level === 'info' ? {} : { level };
}

// The order that a service inherits leaves itself out: it may be the one that all others wait for.
function compileOffPeak(key: string, { offPeak = false, after = [] }: Resolved): Pick<ServicePolicy, 'offPeak'> {
  return offPeak === false ? {} : { offPeak: { schedule: offPeak, after: after.filter((other) => other !== key) } };
}

function compileImages(settings: Resolved): ImagePolicy[] {
  const short = { repository: settings.image ?? '', containers: settings.containers, tags: settings.tags };
  return (settings.images ?? [short]).map(({ repository, containers, tags }) => ({
    repository,
    ...(containers === undefined ? {} : { containers }),
    tags: compileTags(tags ?? settings.tags),
  }));
}

function compileVerify(verify: Resolved['verify']): VerifyPolicy {
  return {
    failures: verify.failures,
    sharePercent: parseShare(verify.share) ?? 0,
    withinMs: durationMs(verify.within),
    bakeMs: durationMs(verify.bake),
    guard: { forMs: durationMs(verify.guard.for), withinMs: durationMs(verify.guard.within) },
    timeoutMs: durationMs(verify.timeout),
    rollback: verify.rollback,
    external: verify.external,
  };
}

function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new TypeError(`The duration ${text} got past the validation.`);
  return ms;
}

/** The first 16 hex digits of the SHA-256 of the value as JSON with sorted keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
