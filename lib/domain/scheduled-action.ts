import type { Instant } from './instant.ts';

/** Bounds that Application Auto Scaling sets at certain times. */
export interface ScheduledAction {
  name: string;
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  expression: string;
  /** IANA name. */
  timezone: string;
  /** Without these it holds since ever, and for ever. */
  start?: Instant;
  end?: Instant;
}
