import type { Channel } from '../domain/channel.ts';
import type { Configuration } from '../domain/policy.ts';

// oxlint-disable-next-line no-underscore-dangle -- The plugin's esbuild define goes by this name.
declare const __AUTOPILOT_CONFIGURATION__: Configuration | undefined;
// oxlint-disable-next-line no-underscore-dangle -- And the channels by this: only what posts to them carries them.
declare const __AUTOPILOT_CHANNELS__: Channel[] | undefined;

/** The configuration that was packaged with this bundle; empty where nothing was packaged, as in tests and on the command line. */
export const configuration: Configuration =
  typeof __AUTOPILOT_CONFIGURATION__ === 'undefined'
    ? { hash: 'unpackaged', services: {}, reconcile: { perMinute: 10 } }
    : __AUTOPILOT_CONFIGURATION__;

/** The channels beside the topic that were packaged with this bundle. */
export const channels: Channel[] = typeof __AUTOPILOT_CHANNELS__ === 'undefined' ? [] : __AUTOPILOT_CHANNELS__;
