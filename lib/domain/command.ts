import type { ServiceKey } from './deployment.ts';
import type { Digest, RepositoryName } from './image.ts';
import type { Instant } from './instant.ts';
import type { Reason } from './reason.ts';

/** What people may order. */
export const verbs = ['rollback', 'hold', 'resume', 'lift', 'deploy', 'cancel', 'wake', 'sleep'] as const;
export type Verb = (typeof verbs)[number];

interface Order {
  /** The same id is the same order, however often it arrives: it is carried out once. */
  id: string;
  /** Who ordered it: an ARN that STS answered, or what was told and not proven. */
  actor: string;
  /** Why, in the words of who ordered it. */
  reason?: string;
}

interface OrderForService extends Order {
  service: ServiceKey;
}

/** Back to a verified deployment: the named one, else the newest before what runs that can start. */
export type RollbackCommand = OrderForService & { verb: 'rollback'; to?: string };

/** Run this image now. */
export type DeployCommand = OrderForService & {
  verb: 'deploy';
  /** A digest, or a tag. */
  image: string;
  /** Where the service takes several repositories, of which one it is. */
  repository?: RepositoryName;
  /** Past cool-down and scan; never past a quarantine. */
  skipGates?: boolean;
};

/** Let a digest in again: on every service, or, where one is named, on that one, on which alone it is barred. */
export type LiftCommand = Order & { verb: 'lift'; digest: Digest; service?: ServiceKey };

export type PlainCommand = OrderForService & { verb: 'hold' | 'resume' | 'cancel' };

/** Awake or asleep until then, whatever the schedule says. */
export type OffPeakCommand = OrderForService & { verb: 'wake' | 'sleep'; until: Instant };

/** What a person orders of one service. */
export type ServiceCommand = RollbackCommand | DeployCommand | PlainCommand | OffPeakCommand;

/** What a person orders. */
export type Command = ServiceCommand | LiftCommand;

/** What has to wait while another function acts on the service (design, rule 3); all others only change the head. */
export type ActingCommand = RollbackCommand | DeployCommand;

/** A command that was left in the head for whoever acts; the tick goes on with it. */
export type LeftCommand = ActingCommand & { leftAt: Instant };

/** `accepted`: it is begun or left in the head, and goes on by itself. */
export type CommandOutcome = 'done' | 'nothing-to-do' | 'accepted' | 'refused';

/** What became of a command, as the head keeps it of the last few: a repeat of the same id is answered from here. */
export interface Obeyed {
  id: string;
  verb: Verb;
  actor: string;
  at: Instant;
  outcome: CommandOutcome;
  reason: Reason;
  /** Why it was ordered. */
  why?: string;
  /** Id of the deployment that it is about. */
  deployment?: string;
}
