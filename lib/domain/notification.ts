import { closedStates, openStates, type ServiceKey } from './deployment.ts';
import type { Instant } from './instant.ts';
import type { ReasonCode } from './reason.ts';

export type Level = 'info' | 'warning' | 'critical';

const loudness: Readonly<Record<Level, number>> = { info: 0, warning: 1, critical: 2 };

/** The louder of two levels. */
export function louder(one: Level, other: Level): Level {
  return isAsLoud(one, other) ? one : other;
}

/** Whether a level is at least as loud as another. */
export function isAsLoud(one: Level, other: Level): boolean {
  return loudness[one] >= loudness[other];
}

/** What a message about a service off-peak tells. */
export const sleepStates = ['asleep', 'awake', 'woken-late', 'sleep-postponed', 'scaled-up', 'cannot-sleep'] as const;
/** What is told of a service off-peak. */
export type SleepState = (typeof sleepStates)[number];

/** What a message is about: a state of a deployment, or an event of the product's own. */
export const notificationStates = [
  ...openStates,
  ...closedStates,
  'external',
  'incident',
  'exposed',
  'enrolled',
  'unsupported',
  'trouble',
  'let-go',
  'held',
  'resumed',
  'lifted',
  'command-refused',
  ...sleepStates,
  'note', // a message that is not ours
] as const;
export type NotificationState = (typeof notificationStates)[number];

/** The model of a message, version 1, from which every channel renders. It travels as JSON in the SNS attribute `notification`. */
export interface Notification {
  version: 1;
  /** `<deployment>#<state>`: channels drop repeats by it. */
  id: string;
  /** Absent where the message is about no single service. */
  service?: ServiceKey;
  /** All services that it is about, where it tells of several. */
  services?: ServiceKey[];
  deployment?: string;
  /** Which messages it stands for, by their ids, where many are told as one. */
  folded?: string[];
  /** What it belongs to where that is no deployment: messages of one thread stand together where a channel has threads. */
  thread?: string;
  /** What it puts an end to: how loudly that was told, so that whoever heard of it hears the end, and in which threads beside its own. */
  closes?: { level: Level; threads?: string[] };
  state: NotificationState;
  level: Level;
  at: Instant;
  /** What happened, in one line without a full stop. */
  headline: string;
  /** Why, in whole sentences. */
  why: string;
  code: ReasonCode;
  /** Label and value, in the order in which they are shown: image, revision, from push, and the like. */
  facts: [label: string, value: string][];
  /** The last lines of the log of what failed, secrets masked; absent where none was read. */
  log?: { title: string; lines: string[] };
  /** What is left to do, one sentence or one command a line; empty when nothing is. */
  next: string[];
}

/** Whether a message is told where only what is so loud is: the end of what was told there is loud enough. */
export function isLoudEnough({ level, closes = { level } }: Pick<Notification, 'level' | 'closes'>, least: Level): boolean {
  return isAsLoud(louder(level, closes.level), least);
}
