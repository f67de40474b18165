import type { Head } from '../domain/head.ts';
import { plusMs, type Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { ObservedService } from '../domain/service.ts';
import type { DeploymentLog } from '../ports/deployment-log.ts';
import type { Heads } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Quarantine } from '../ports/quarantine.ts';
import type { Topic } from '../ports/topic.ts';

/** What every change of a head needs: the head itself, and whom its state changes are owed to. */
export interface LedgerNeeds {
  heads: Heads;
  log: DeploymentLog;
  quarantine: Quarantine;
  topic: Topic;
  metrics: Metrics;
  /** Name of the table, for the commands in messages. */
  table: string;
}

/** A service as one step of a flow found it. */
export interface Found {
  head: Head;
  service: ObservedService;
  policy: ServicePolicy;
  invocation: Invocation;
}

/** What became of a step: done; the head was changed by somebody else meanwhile and everything is to be decided again; or the tick is to go on with it. */
export type Outcome = 'done' | 'again' | 'later';

/** How often a flow decides again when others keep changing the head, before it leaves the service to the tick. */
export const attemptsMax = 5;

/** What time it is by now: calls may have taken long since the invocation began. */
export function instantOf(invocation: Invocation): Instant {
  return plusMs(invocation.now, Math.max(0, invocation.timeoutMs - invocation.remainingMs()));
}

/** When a claim of this invocation ends by itself (design, rule 3): the function's time-out and 10 s more. */
export function claimBy({ id, now, timeoutMs }: Invocation): { by: string; until: string } {
  return { by: id, until: new Date(now.getTime() + timeoutMs + 10_000).toISOString() };
}
