import type { LedgerNeeds } from './context.ts';
import { commit } from './ledger.ts';
import type { Ordered } from './ordered.ts';
import { obeyed } from '../decide/transitions/commands.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import type { CommandResult } from '../domain/command-answer.ts';
import type { ServiceCommand } from '../domain/command.ts';
import type { Owed } from '../domain/head.ts';
import type { Notification } from '../domain/notification.ts';
import type { Reason } from '../domain/reason.ts';

export interface Settling {
  transition: Transition;
  reason: Reason;
  told?: Notification;
}

/** Writes down what a command changes and what became of it in one, and tells people where there is something to tell. */
export async function settle(
  needs: LedgerNeeds,
  { head, policy, invocation }: Ordered,
  command: ServiceCommand,
  { transition, reason, told }: Settling,
): Promise<CommandResult | 'again'> {
  const result: CommandResult = { outcome: 'done', reason };
  const owed: Owed[] = told === undefined ? [] : [{ kind: 'message', notification: told }];
  const written = await commit(needs, head, obeyed(transition, head, command, result, invocation.now), policy, invocation, owed);
  return written === undefined ? 'again' : result;
}
