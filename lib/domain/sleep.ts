import type { Instant } from './instant.ts';
import type { Reason } from './reason.ts';

/** Bounds and switches of a service that scales by itself (Application Auto Scaling). */
export interface ScalableTarget {
  min: number;
  max: number;
  /** What is switched off. */
  suspended: Suspended;
}

export interface Suspended {
  in: boolean;
  out: boolean;
  scheduled: boolean;
}

/** How much of a service there is to be. */
export interface Capacity {
  desired: number;
  /** Absent: it does not scale by itself. */
  target?: ScalableTarget;
}

/** How the tasks of a service are spread over where they run: the first `base` there, the others by weight. */
export interface LaunchShare {
  /** FARGATE, FARGATE_SPOT, EC2, EXTERNAL, or a capacity provider of the cluster. */
  provider: string;
  base: number;
  weight: number;
}

/** What a service ran when it fell asleep: what it sleeps off is told by that. */
export interface Ran {
  /** ARN of the revision. */
  taskDefinition: string;
  launch?: LaunchShare[];
}

/** From when on how many tasks of a service there were to be. */
export interface CountSince {
  at: Instant;
  desired: number;
}

/** A service off-peak, from the write that saved what it had until the one that found it whole again. */
export interface Sleep {
  /** When it was begun: names this sleep. */
  since: Instant;
  reason: Reason;
  state: 'falling-asleep' | 'asleep' | 'waking';
  /** What it had: written once, with the claim, and never again while it sleeps. */
  saved: Capacity;
  /** What is left of it. */
  left: Capacity;
  /** When AWS was last told, and took it; absent while that is not known. */
  askedAt?: Instant;
  /** The desired count that it had when it was last begun to be woken. */
  wokenFrom?: number;
  /** The desired count with which it was woken. */
  wokenTo?: number;
  /** What others changed while it slept, a sentence each. */
  changes?: string[];
  /** Somebody scaled it up while it slept: that holds until it wakes. */
  scaledUp?: { since: Instant; desired: number };
  /** It did not come up in time, and that was told. */
  overdue?: boolean;
  /** It only would sleep, since its mode is watch. */
  watched?: true;
  ran?: Ran;
  /** Each change of its count since it fell asleep, the last with which it was woken: at most 32. */
  counts?: CountSince[];
}

/** What is on record of a sleep: how many tasks there were before, by what they ran, and each change of the count until it was woken. */
export type SleptRecord = Pick<Sleep, 'since' | 'saved' | 'watched' | 'ran' | 'counts'>;

/** Falling asleep is put off by something that must end first. */
export interface Postponed {
  since: Instant;
  reason: Reason;
  told?: boolean;
}
