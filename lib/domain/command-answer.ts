import type { CommandOutcome, Verb } from './command.ts';
import type { ServiceKey } from './deployment.ts';
import type { Images } from './image.ts';
import type { Instant } from './instant.ts';
import type { Reason } from './reason.ts';

/** What the function obey-command answers: a contract, version 1 (docs/commands.md). Members are added, never renamed. */
export interface CommandAnswer {
  version: 1;
  outcome: CommandOutcome;
  /** Why it came out so, or what was done: a code for machines and a sentence for people. */
  reason: Reason;
  /** The command's own id; absent where what arrived could not be read. */
  id?: string;
  verb?: Verb;
  service?: ServiceKey;
  /** Who ordered it, as it is on record. */
  actor?: string;
  /** Id of the deployment that it is about. */
  deployment?: string;
  /** Where a rollback could lead, newest first, when it was refused or there was nothing to do. */
  targets?: CommandTarget[];
  /** What is wrong with what arrived, every fault at once. */
  faults?: CommandFault[];
  /** What is left to do, a sentence each. */
  next?: string[];
}

/** A verified deployment to go back to. */
export interface CommandTarget {
  deployment: string;
  images: Images;
  verifiedAt?: Instant;
}

export interface CommandFault {
  /** Which member, as a path: `reason`. */
  path: string;
  found: string;
  allowed: string;
  /** The nearest of what is allowed, where it looks like a typo. */
  nearest?: string;
}

/** What a step of a command came to, before it is put into an answer. */
export interface CommandResult {
  outcome: CommandOutcome;
  reason: Reason;
  deployment?: string;
  targets?: CommandTarget[];
  next?: string[];
}
