import type { ServiceKey } from '../domain/deployment.ts';
import type { Head, HeadChange, HeadFields } from '../domain/head.ts';
import type { Instant } from '../domain/instant.ts';

/** The heads of all managed services: one contended item each, changed only on its version. Every read is consistent. */
export interface Heads {
  read(service: ServiceKey): Promise<Head | undefined>;
  /** Creates the head with version 1. False: there is one already, which stays as it is. */
  create(service: ServiceKey, fields: HeadFields): Promise<boolean>;
  /**
   * Writes the named attributes and raises the version by one, if the version is still the one given.
   * Undefined: somebody changed the head meanwhile; nothing was written. Otherwise the head as written, failures included.
   */
  change(service: ServiceKey, version: number, change: HeadChange): Promise<Head | undefined>;
  /** Adds entries (`failureEntry`) to the set; repeats change nothing; the version stays. Answers the head with them, undefined when there is none. */
  addFailures(service: ServiceKey, entries: string[]): Promise<Head | undefined>;
  /** Takes entries out of the set; the version stays. */
  forgetFailures(service: ServiceKey, entries: string[]): Promise<void>;
}

/** What is due, from the index: eventually consistent, so what it names is read again and acted on only if still due. */
export interface DueList {
  /**
   * What is due at the instant, oldest first, at most `limit` of each kind, for hundreds of repositories wait for their turn while heads must
   * not; `rest` says whether there was more.
   */
  due(now: Instant, limit: number): Promise<{ items: DueItem[]; rest: boolean }>;
}

export type DueItem = { kind: 'head'; service: ServiceKey } | { kind: 'repository'; repository: string };
