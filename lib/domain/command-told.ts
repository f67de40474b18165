import type { CallerProof } from './caller-proof.ts';
import type { Command } from './command.ts';
import type { CommandFault } from './command-answer.ts';

type Unsigned<One> = One extends unknown ? Omit<One, 'id' | 'actor'> & { id?: string } : never;

/** A command as it was told, and what was told of who orders it. */
export interface ToldCommand {
  command: Unsigned<Command>;
  /** Everything that was told but the proof: what the proof is bound to. */
  members: Record<string, string | number | boolean>;
  /** A name that anybody may tell. */
  claimed?: string;
  proof?: CallerProof;
}

export type CommandTold = ToldCommand | { faults: CommandFault[] };
