import { attemptsMax } from './context.ts';
import { commit } from './ledger.ts';
import { liftDigest } from './obey-lift.ts';
import { obeyOnce, type ObeyNeeds } from './obey-once.ts';
import { whatCameOfIt } from './what-came-of-it.ts';
import { leaveCommand, leftMax, obeyed } from '../decide/transitions/commands.ts';
import type { ActingCommand, Command, Obeyed, ServiceCommand } from '../domain/command.ts';
import type { CommandAnswer, CommandResult } from '../domain/command-answer.ts';
import type { Head } from '../domain/head.ts';
import { toInstant } from '../domain/instant.ts';
import type { Configuration, ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { TransientError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Quarantine, QuarantineLifter } from '../ports/quarantine.ts';

export interface ObeyCommandNeeds extends ObeyNeeds {
  configuration: Configuration;
  quarantine: Quarantine & QuarantineLifter;
}

/** Does what a person orders, and answers at once. A repeat of the same id does nothing twice; what finds the service taken is left in its head. */
export async function obeyCommand(command: Command, needs: ObeyCommandNeeds, invocation: Invocation): Promise<CommandAnswer> {
  const result = await resultOf(command, needs, invocation);
  const { id, verb, service, actor, reason: why } = command;
  const { outcome, reason, deployment } = result;
  invocation.log('command', { id, verb, service, actor, why, outcome, reason, deployment });
  return { version: 1, id, verb, ...(service === undefined ? {} : { service }), actor, ...result };
}

async function resultOf(command: Command, needs: ObeyCommandNeeds, invocation: Invocation): Promise<CommandResult> {
  if (command.verb === 'lift') return liftDigest(command, needs, invocation);
  const policy = needs.configuration.services[command.service];
  if (policy === undefined) return refused({ code: 'not-managed', text: `the configuration names no service ${command.service}` });
  if (!policy.managed) return refused({ code: 'let-go', text: `${command.service} is no longer managed` });
  const isActing = command.verb === 'rollback' || command.verb === 'deploy';
  return isActing ? obeyOrLeave(command, needs, policy, invocation) : obeyNow(command, needs, policy, invocation);
}

async function obeyNow(command: ServiceCommand, needs: ObeyNeeds, policy: ServicePolicy, invocation: Invocation): Promise<CommandResult> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const head = await needs.heads.read(policy.service);
    if (head === undefined) return refused({ code: 'nothing-on-record', text: 'the service is not enrolled yet: the next tick does' });
    const before = head.obeyed?.find(({ id }) => id === command.id);
    if (before !== undefined) return whatCameOfIt(needs, policy.service, before);
    const step = await obeyOnce(needs, { head, policy, invocation }, command);
    if (step === 'again') continue;
    if ('outcome' in step) {
      if (!isToRemember(step) || (await remember(needs, head, command, step, policy, invocation))) return step;
      continue;
    }
    const written = await leaveIt(needs, step.command ?? (command as ActingCommand), policy, invocation);
    if (written === 'left') return left(step.leave.text);
    if (written === 'too-many') return tooMany(head.left?.length ?? 0); // Otherwise the head changed, perhaps by a repeat of this very command.
  }
  throw new TransientError(`the head of ${policy.service} was changed by others ${attemptsMax} times in a row`);
}

// What was claimed is on record by its claim.
function isToRemember({ outcome }: CommandResult): boolean {
  return outcome === 'refused' || outcome === 'nothing-to-do';
}

/** Whoever repeats an order, or replays it, gets the answer of the first time: what was refused then must not be done later. False: decide again. */
async function remember(
  needs: ObeyNeeds,
  head: Head,
  command: ServiceCommand,
  result: CommandResult,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<boolean> {
  const transition = obeyed({ change: {}, told: [] }, head, command, result, invocation.now);
  return (await commit(needs, head, transition, policy, invocation)) !== undefined;
}

// What AWS did not answer in time is not given up: whoever ordered it has no time to try again and again.
async function obeyOrLeave(
  command: ActingCommand,
  needs: ObeyNeeds,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<CommandResult> {
  try {
    return await obeyNow(command, needs, policy, invocation);
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    invocation.log('the command met a fault', { id: command.id, service: command.service, error: error.message });
    const written = await leaveIt(needs, command, policy, invocation);
    if (written === undefined || written === 'too-many') throw error;
    if (written === 'left') return left(`${error.message}. It is left to the tick, which goes on with it within a minute or so`);
    const { reason, deployment } = written;
    return { outcome: 'accepted', reason, ...(deployment === undefined ? {} : { deployment }) };
  }
}

/** What became of it, where a repeat of it was faster: then nothing is left. Undefined: the head changed meanwhile. */
async function leaveIt(
  needs: ObeyNeeds,
  command: ActingCommand,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<'left' | 'too-many' | Obeyed | undefined> {
  const head = await needs.heads.read(policy.service);
  const begun = head?.obeyed?.find(({ id }) => id === command.id);
  if (head === undefined || begun !== undefined) return begun;
  if (head.left?.some(({ id }) => id === command.id) === true) return 'left';
  if ((head.left?.length ?? 0) >= leftMax) return 'too-many';
  const transition = leaveCommand(head, { ...command, leftAt: toInstant(invocation.now) });
  return (await commit(needs, head, transition, policy, invocation)) === undefined ? undefined : 'left';
}

function refused(reason: Reason): CommandResult {
  return { outcome: 'refused', reason };
}

function left(text: string): CommandResult {
  return { outcome: 'accepted', reason: { code: 'command-left', text } };
}

function tooMany(count: number): CommandResult {
  return refused({ code: 'busy', text: `${count} commands wait for the service already: see what comes of them first` });
}
