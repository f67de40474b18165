import type { Deployment } from '../domain/deployment.ts';
import type { Opened } from '../domain/head.ts';
import type { Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';

/** What a message about a deployment may draw on beside the deployment itself. What is not known is left out of the message. */
export interface DescribeContext {
  /** When the message was made. */
  at: Instant;
  policy?: ServicePolicy;
  /** The verified deployment before it. */
  previous?: Deployment;
  /** What the deployment closes that was opened before it. */
  closes?: Opened[];
  /** Until when it waits, at the latest. */
  until?: Instant;
  /** It waited for so long that people were told. */
  overdue?: boolean;
  /** Name of the table, for the command that lifts a quarantine. */
  table?: string;
}
