import type { Deployment } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';

/** What a message about a deployment may draw on beside the deployment itself. What is not known is left out of the message. */
export interface DescribeContext {
  /** When the message was made. */
  at: Instant;
  policy?: ServicePolicy;
  /** The verified deployment before it. */
  previous?: Deployment;
  /** Name of the table, for the command that lifts a quarantine. */
  table?: string;
}
