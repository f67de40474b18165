/**
 * Whether a service of the packaged configuration sleeps. Not a constant of a module, since esbuild drops what is for those alone only where the
 * condition itself says false. Undefined where nothing was packaged, as in tests.
 */
declare const __AUTOPILOT_SLEEPS__: boolean | undefined;

/** Whether `metrics: true` is packaged; the same holds. */
declare const __AUTOPILOT_METRICS__: boolean | undefined;
