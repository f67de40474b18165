import type { CommandOutcome, Verb } from '../../lib/domain/command.ts';
import type { ServiceKey } from '../../lib/domain/deployment.ts';
import type { Failing } from '../../lib/domain/failing.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { Notification } from '../../lib/domain/notification.ts';
import type { QuarantineEntry } from '../../lib/domain/quarantine.ts';
import type { Reason } from '../../lib/domain/reason.ts';
import type { Capacity } from '../../lib/domain/sleep.ts';
import type { Task } from '../../sandbox/model/ecs/task.ts';
import type { Process } from './process.ts';

/** What happened in one step of the world, as judges see it: effects, never intentions. */
export type Observation =
  | { kind: 'ran'; by: Process; ran: Ran } // Our UpdateService took effect.
  | { kind: 'scaled'; by: Process; scaled: OurScaling } // A call of ours that sets bounds or a count took effect.
  | { kind: 'capacity'; service: ServiceKey; before: Capacity; after: Capacity } // Somebody else changed it.
  | { kind: 'head'; by: Process; before: Head | undefined; after: Head }
  | { kind: 'minute' } // Another minute begins.
  | { kind: 'told'; notification: Notification }
  | { kind: 'quarantined'; entry: QuarantineEntry }
  | { kind: 'copied'; by: Process; source: string; copy: string; tags: Record<string, string> } // A copy was registered.
  | { kind: 'read-content'; by: Process; digest: string; failed: boolean } // Whether the answer reached it.
  | { kind: 'answered'; verb: Verb; outcome: CommandOutcome; reason: Reason }
  | { kind: 'logged'; by: Process; message: string }
  | { kind: 'task-stopped'; service: ServiceKey; task: Task }
  | { kind: 'candidate'; service: ServiceKey; digest: string; outcome: string } // A flow logged its decision.
  | { kind: 'handled-push'; repository: string; digest: string; tag: string } // deploy-image ended well with it.
  | { kind: 'found-guilty'; failing: Failing } // In its guard.
  | { kind: 'ended'; by: Process; error: unknown; expected: boolean };

/** A call of ours that changes how much there is of a service, and what came of it. */
export interface OurScaling {
  service: ServiceKey;
  call: 'bound' | 'scale';
  before: Capacity;
  after: Capacity;
  head: Head | undefined;
}

/** An UpdateService of ours and what it met. */
export interface Ran {
  service: ServiceKey;
  /** ARN of the revision that the service was told to run. */
  taskDefinition: string;
  /** Whether the service ran another revision before. */
  changed: boolean;
  /** The PRIMARY rollout that came of it. */
  rolloutId: string;
  /** The PRIMARY rollout that it found. */
  before: { id: string; taskDefinition: string; sinceMs: number } | undefined;
  desiredBefore: number;
  desiredAfter: number;
  head: Head | undefined;
}
