import type { CommandAnswer } from '../domain/command-answer.ts';
import type { CallerProof } from '../domain/caller-proof.ts';

/** The function obey-command as the command line calls it. */
export interface CommandFunction {
  /** Sends a command and waits for the answer. MissingError: nothing is installed there. RefusedError: the caller may not. A repeat of the same id does nothing twice. */
  send(payload: object): Promise<CommandAnswer>;
}

/** Signs the question to STS that proves who orders a command. */
export interface CallerProofSigner {
  sign(hash: string): Promise<CallerProof>;
}
