import type { LeftCommand, Obeyed } from './command.ts';
import type { Deployment, ServiceKey } from './deployment.ts';
import type { Candidate, Digest, RepositoryName } from './image.ts';
import type { Instant } from './instant.ts';
import type { Level, Notification } from './notification.ts';
import type { QuarantineEntry } from './quarantine.ts';
import type { Reason } from './reason.ts';
import type { SleepOverride } from './schedule.ts';
import type { Postponed, Sleep } from './sleep.ts';

/** The truth about one managed service, and the only contended item: every change but a failure's addition is conditional on its version. */
export interface Head {
  service: ServiceKey;
  version: number;
  enrolledAt: Instant;
  /** Set while one function alone may make writing calls for the service. */
  acting?: Acting;
  /** The deployment in flight, or the live one; a failed one while the service still runs it. */
  current?: Deployment;
  /** The last five verified, newest first; a rolled-back one leaves. */
  verified: Deployment[];
  /** Per repository at most two: the first to come through, and the newest. */
  waiting: Record<RepositoryName, Waiting[]>;
  /** Per repository the newest candidate decided, and its outcome. */
  seen: Record<RepositoryName, Seen>;
  /** Digests that this service alone does not take again. */
  barred: Record<Digest, Reason>;
  hold?: Hold;
  /** Commands that found the service taken, oldest first: the tick carries them out. */
  left?: LeftCommand[];
  /** The last few commands and what became of them, oldest first. */
  obeyed?: Obeyed[];
  /** Entries written by `failureEntry`, at most 64 above the threshold. */
  failures: string[];
  owed: Owed[];
  /** When the service was last told to run another revision; rollbacks do not count. */
  updatedServiceAt?: Instant;
  /** Work that keeps failing: how often in a row, and why. */
  trouble?: Trouble;
  /** Why the service cannot be deployed to at all (missing, of another kind): told once, kept here so that it is not told twice. */
  obstacle?: Reason;
  /** What it had before it fell asleep, until it is found whole again. */
  sleep?: Sleep;
  /** In mode watch, the sleep in which it would be. */
  wouldSleep?: Sleep;
  /** What a person ordered over its schedule. */
  override?: SleepOverride;
  /** Falling asleep is put off. */
  postponed?: Postponed;
  /** Why it cannot sleep at all: told once. */
  sleepless?: Reason;
  /** When it was last found whole after a sleep. */
  wokenAt?: Instant;
  /** When its schedule is to be asked again. */
  offPeakAt?: Instant;
  /** What people were told of it that is not over, oldest first: the next live deployment says that it is. */
  open?: Opened[];
  /** When it was last asked whether a rollback would find its target, and why it would not. */
  readiness?: { checkedAt: Instant; fault?: string };
  dueAt?: Instant;
}

/** What was told and is to be closed. */
export interface Opened {
  /** The deployment, or the thread, in which it was told. */
  thread: string;
  level: Level;
  /** In a few words, for the message that closes it. */
  what: string;
  /** It stays open for as long as the service runs this image. */
  digest?: Digest;
}

export interface Acting {
  /** Id of the invocation that holds the service. */
  by: string;
  until: Instant;
}

export interface Waiting {
  candidate: Candidate;
  deployment: Deployment;
  until: Instant;
  /** That it waits for an hour by now was told: once, however often it is asked again. */
  overdue?: true;
}

export interface Seen {
  digest: Digest;
  tag: string;
  pushedAt: Instant;
  outcome: 'deployed' | 'rejected' | 'baseline' | 'waiting' | 'cancelled';
  reason: Reason;
  /** Hash of the service's policy that decided it: a changed one asks the rejected again. */
  policy?: string;
}

export interface Hold {
  since: Instant;
  actor: string;
  reason: string;
}

export interface Trouble {
  count: number;
  reason: string;
  until: Instant;
  /** When people were told. */
  told?: Instant;
}

/** What a state change still owes to others; the tick pays what the flow could not. */
export type Owed =
  | { kind: 'message'; notification: Notification }
  | { kind: 'history'; deployment: Deployment }
  | { kind: 'quarantine'; entry: QuarantineEntry };

/** What a head holds beside its identity: named attributes, each written on its own. */
export type HeadFields = Omit<Head, 'service' | 'version' | 'failures'>;

/** Attributes to write; null removes one; what is not named stays as it is. `failures: null` forgets all failures. */
export type HeadChange = { [K in keyof HeadFields]?: HeadFields[K] | null } & { failures?: null };
