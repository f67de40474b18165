import { attemptsMax } from './context.ts';
import { commit } from './ledger.ts';
import { deployByHand } from './obey-deploy.ts';
import type { ObeyNeeds } from './obey-once.ts';
import { rollBackByHand } from './obey-rollback.ts';
import type { Attempt, Ordered } from './ordered.ts';
import { obeyed } from '../decide/transitions/commands.ts';
import type { LeftCommand } from '../domain/command.ts';
import type { CommandResult } from '../domain/command-answer.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Owed } from '../domain/head.ts';
import { isPast, plusMs, toInstant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { describeRefusedCommand } from '../notifications/describe-command.ts';
import type { Invocation } from '../ports/invocation.ts';

/** Whoever ordered it has long done something else by then. */
export const leftForMs = 15 * 60_000;

/** Carries out the commands that were left in the head, oldest first. Who ordered one got no more than "accepted", so a refusal is told. */
export async function obeyLeft(needs: ObeyNeeds, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  for (let turn = 0; turn < 2 * attemptsMax; turn += 1) {
    const head = await needs.heads.read(policy.service);
    const command = head?.left?.[0];
    if (head === undefined || command === undefined) return;
    const found = { head, policy, invocation };
    const step = policy.managed ? await attempt(needs, found, command) : letGo(head.service);
    if (step === 'again') continue;
    if ('leave' in step) return; // It stays the first, and due.
    invocation.log('command', { id: command.id, verb: command.verb, service: head.service, actor: command.actor, ...step });
    await settle(needs, policy, command, step, invocation);
  }
}

async function attempt(needs: ObeyNeeds, found: Ordered, command: LeftCommand): Promise<Attempt> {
  if (isPast(plusMs(command.leftAt, leftForMs), found.invocation.now)) return overdue(command);
  return command.verb === 'rollback' ? rollBackByHand(needs, found, command) : deployByHand(needs, found, command);
}

function letGo(service: ServiceKey): CommandResult {
  return { outcome: 'refused', reason: { code: 'let-go', text: `${service} is no longer managed` } };
}

function overdue({ leftAt }: LeftCommand): CommandResult {
  const text = `it could not be carried out within ${leftForMs / 60_000} minutes of ${leftAt}, and is given up`;
  return { outcome: 'refused', reason: { code: 'command-overdue', text } };
}

// What was claimed is settled by its claim.
async function settle(
  needs: ObeyNeeds,
  policy: ServicePolicy,
  command: LeftCommand,
  result: CommandResult,
  invocation: Invocation,
): Promise<void> {
  const head = await needs.heads.read(policy.service);
  if (head?.left?.some(({ id }) => id === command.id) !== true) return;
  const notification = describeRefusedCommand({ command, result, at: toInstant(invocation.now) });
  const owed: Owed[] = result.outcome === 'refused' ? [{ kind: 'message', notification }] : [];
  await commit(needs, head, obeyed({ change: {}, told: [] }, head, command, result, invocation.now), policy, invocation, owed);
}
