import { obeyCommand, type ObeyCommandNeeds } from './obey-command.ts';
import { commandHash, proofFault } from '../decide/commands/proof.ts';
import type { CommandAnswer } from '../domain/command-answer.ts';
import type { CommandTold, ToldCommand } from '../domain/command-told.ts';
import type { Reason } from '../domain/reason.ts';
import { TransientError } from '../errors.ts';
import type { CallerProofs } from '../ports/caller-proofs.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface ReceiveCommandNeeds extends ObeyCommandNeeds {
  callerProofs: CallerProofs;
  /** Account, region and stage: a proof for another installation is none for this one. */
  audience: string;
  /** Another AWS, where the environment names one. */
  stsEndpoint: string | undefined;
}

/** Finds out who orders a command, and obeys it. Lambda tells a function nothing about its caller, so that is proven by STS, or on record as unproven. */
export async function receiveCommand(told: CommandTold, needs: ReceiveCommandNeeds, invocation: Invocation): Promise<CommandAnswer> {
  if ('faults' in told) {
    const text = told.faults.map(
      ({ path, found, allowed, nearest }) =>
        `${path}: found ${found}, allowed ${allowed}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
    );
    invocation.log('malformed command', { faults: told.faults });
    return {
      version: 1,
      outcome: 'refused',
      reason: { code: 'malformed-command', text: `it is no command: ${text.join('. ')}` },
      faults: told.faults,
    };
  }
  const { id = invocation.id, verb, service } = told.command;
  const caller = await callerOf(told, needs, invocation);
  if (typeof caller === 'string') return obeyCommand({ ...told.command, id, actor: caller }, needs, invocation);
  invocation.log('command', { id, verb, service, outcome: 'refused', reason: caller });
  return { version: 1, id, verb, ...(service === undefined ? {} : { service }), outcome: 'refused', reason: caller };
}

async function callerOf(
  { proof, members, claimed }: ToldCommand,
  needs: ReceiveCommandNeeds,
  { now }: Invocation,
): Promise<string | Reason> {
  if (proof === undefined) return claimed === undefined ? 'somebody with lambda:InvokeFunction' : `${claimed} (unproven)`;
  const fault = proofFault(proof, commandHash(members, needs.audience), needs.stsEndpoint, now);
  if (fault !== undefined) return fault;
  try {
    return (
      (await needs.callerProofs.callerOf(proof)) ?? { code: 'proof-invalid', text: 'STS does not confirm the proof of who orders this' }
    );
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    return { code: 'proof-unchecked', text: `who orders this could not be asked: ${error.message}` };
  }
}
