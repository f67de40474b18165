import type { Configuration } from '../domain/policy.ts';

// oxlint-disable-next-line no-underscore-dangle -- The plugin's esbuild define goes by this name.
declare const __AUTOPILOT_CONFIGURATION__: Configuration | undefined;

/** The configuration that was packaged with this bundle; empty where nothing was packaged, as in tests and on the command line. */
export const configuration: Configuration =
  typeof __AUTOPILOT_CONFIGURATION__ === 'undefined'
    ? { hash: 'unpackaged', services: {}, reconcile: { perMinute: 10 } }
    : __AUTOPILOT_CONFIGURATION__;
