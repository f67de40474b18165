import type { Head } from '../../domain/head.ts';
import type { Candidate, Digest } from '../../domain/image.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';
import type { Placed } from '../tags/compare.ts';
import type { ScanFacts } from '../../domain/scan.ts';
import type { ObservedService } from '../../domain/service.ts';

/** What gates ask about. */
export interface GateFacts {
  head: Head;
  candidate: Candidate;
  /** Undefined: the service does not exist. */
  service: ObservedService | undefined;
  /** Of the candidate's digests, those that a quarantine bars, each with its reason. */
  quarantined: Record<Digest, Reason>;
  /** Absent: no gate asks for it. */
  scan?: ScanFacts;
  /** What runs, as the registry names it now. Absent where it was not asked. */
  named?: Placed | undefined;
}

/** A gate's answer: come through, wait until, or never. Each with a reason; one that passes may have something to say. */
export type GateAnswer =
  { answer: 'pass'; note?: string } | { answer: 'wait'; until: Instant; reason: Reason } | { answer: 'reject'; reason: Reason };

/** A question asked before a candidate may deploy. Pure; asked again at the moment of action. */
export type Gate = (facts: GateFacts, policy: ServicePolicy, now: Date) => GateAnswer;

export const pass: GateAnswer = { answer: 'pass' };
