import type { Clock } from '../clock.ts';
import type { EcsBehaviour } from '../ecs.ts';
import type { Denial } from '../iam/denial.ts';
import type { LogLine } from '../lambda/instance.ts';
import type { ExtraMembers } from '../protocol/extra-members.ts';
import type { PublishedMessage } from '../sns/publish.ts';

/** What a world is made with, and whom it tells. */
export interface WorldOptions {
  clock: Clock;
  extras: ExtraMembers;
  account: string;
  region: string;
  seed: string;
  /** Whether the calls of functions go one at a time, in an order that the seed alone decides; otherwise as they come. */
  inTurn: boolean;
  ecs: EcsBehaviour;
  /** Whether PutImage takes manifests without their layers. */
  uncheckedLayers: boolean;
  endpoint: () => string;
  dynamodbEndpoint?: string;
  log: (line: LogLine) => void;
  published: (message: PublishedMessage) => void;
  denied: (denial: Denial) => void;
  warn: (text: string) => void;
}
