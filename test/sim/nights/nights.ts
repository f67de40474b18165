import type { Asleep, SleepLevel, Schedule } from '../../../lib/domain/schedule.ts';
import type { ScalableTarget } from '../../../lib/domain/sleep.ts';

/** How one service sleeps, as those who wrote its schedule meant it: judges ask this, never the product's calendar. */
export interface Night {
  /** What its schedule says at an instant. */
  levelAt(ms: number): SleepLevel;
  /** The last moment until an instant at which its schedule began to say so. */
  sinceMs(ms: number): number;
  asleep: Asleep;
  after: string[];
  /** The same, as packaging compiled it. */
  schedule: Schedule;
}

/** How the services of a world sleep, and within which bounds they scale by themselves when it begins. */
export interface Nights {
  byService: Map<string, Night>;
  bounds: Map<string, ScalableTarget>;
}
