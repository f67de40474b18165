import type { RawService } from './schema.ts';

/** What a key means that nobody set: the one place where defaults are written. */
export const builtIn = {
  tags: 'latest',
  base: 'service',
  verify: {
    failures: 3,
    share: '10%',
    within: '10m',
    bake: '10m',
    guard: { for: '24h', within: '2h' },
    timeout: '30m',
    rollback: true,
    external: 'tell',
  },
  mode: 'deploy',
  managed: true,
} as const satisfies RawService;

/** Of a scan gate, where there is one: without `gates.scan` no scan is asked about. */
export const builtInScan = { wait: '15m', otherwise: 'reject' } as const;

export const builtInPerMinute = 10;
export const builtInHistory = '90d';

/** A service's keys over the defaults over the built-in ones. Mappings merge deep, lists and single values replace. */
export function withDefaults(service: RawService, defaults: RawService): RawService & typeof builtIn {
  const inherited = { ...defaults };
  if (service.image !== undefined || service.images !== undefined) {
    delete inherited.image; // Its own image replaces the inherited one, in whichever form that was written.
    delete inherited.images;
  }
  if (service.images !== undefined) delete inherited.containers; // They belong to the short form.
  return merge(merge(builtIn, inherited), service) as RawService & typeof builtIn;
}

function merge(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (!isMapping(under) || !isMapping(over)) return over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, merge(under[key], over[key])]));
}

/** Whether a value is a mapping, as opposed to a list or a single value. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
