import type { Failing } from '../domain/failing.ts';
import type { Instant } from '../domain/instant.ts';

/** Who tells an incident of the fleet, and until when nobody else does. */
export interface IncidentTelling {
  by: string;
  until: Instant;
}

/** Verdicts in guard of all services, by which an incident is told from a bad image. */
export interface FailingFleet {
  /** Adds a verdict in place of an older one of its service; a repeat changes nothing. Answers all that are there then, in no order. */
  add(failing: Failing): Promise<Failing[]>;
  /** Takes these out, unless their service was found guilty anew since. */
  forget(failing: Failing[]): Promise<void>;
  /** Takes the telling of the incident. False: somebody else tells it, or told it lately. A repeat by the same one is true again. */
  take(telling: IncidentTelling, now: Instant): Promise<boolean>;
  /** It was told: it rests until the instant. */
  told(telling: IncidentTelling): Promise<void>;
}
