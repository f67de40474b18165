import type { CallerProof } from '../domain/caller-proof.ts';

/** Asks STS who signed a proof. */
export interface CallerProofs {
  /** The ARN that STS answers; undefined where it does not confirm the proof. Throws TransientError where it could not be asked. */
  callerOf(proof: CallerProof): Promise<string | undefined>;
}
