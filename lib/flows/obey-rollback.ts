import { claimBy } from './context.ts';
import { claim } from './ledger.ts';
import type { Attempt, Ordered } from './ordered.ts';
import { preflight } from './preflight.ts';
import { readService } from './read-service.ts';
import { walkBack, type RollBackNeeds } from './roll-back.ts';
import { whatCameOfIt } from './what-came-of-it.ts';
import { withoutLapsed } from './without-lapsed.ts';
import { decideRollbackCommand, type RollbackCommandDecision } from '../decide/commands/rollback.ts';
import { heldBy, obeyed } from '../decide/transitions/commands.ts';
import { beginRollback } from '../decide/transitions/rollback.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import type { RollbackCommand } from '../domain/command.ts';
import type { CommandResult } from '../domain/command-answer.ts';

/** Goes back by order of a person, by the same way as a verdict would: the digest is barred on this service, and the service held until it is resumed. */
export async function rollBackByHand(
  needs: RollBackNeeds,
  { head: read, policy, invocation }: Ordered,
  command: RollbackCommand,
): Promise<Attempt> {
  const head = withoutLapsed(read, invocation.now);
  const [service, readiness] = await Promise.all([readService(needs.services, head.service), preflight(needs, head, policy)]);
  const decision = decideRollbackCommand({ head, service, readiness }, command, policy, invocation.now);
  if (decision.action === 'leave') return { leave: decision.reason };
  if (decision.action === 'answer' || service === undefined) return 'result' in decision ? decision.result : 'again';
  const result: CommandResult = { outcome: 'done', reason: decision.reason, deployment: decision.current.id };
  const begun = obeyed(begin({ head: read, policy, invocation }, decision, command), read, command, result, invocation.now);
  const claimed = await claim(needs, read, begun, policy, invocation);
  if (claimed?.current === undefined) return 'again';
  invocation.log('rolling back', {
    service: head.service,
    deployment: decision.current.id,
    to: decision.target.id,
    reason: decision.reason,
  });
  await walkBack(needs, { head: claimed, service, policy, invocation }, claimed.current);
  return whatCameOfIt(needs, head.service, result);
}

function begin(
  { head, invocation }: Ordered,
  decision: Extract<RollbackCommandDecision, { action: 'go-back' }>,
  command: RollbackCommand,
): Transition {
  const { current, target, reason } = decision;
  const note = head.hold === undefined ? ['the service is on hold from now on: it takes no new image until it is resumed'] : [];
  const noted = { ...current, notes: [...(current.notes ?? []), ...note] };
  const begun = beginRollback(head, noted, target, reason, claimBy(invocation), invocation.now, command.actor);
  const hold = heldBy(head, command, `rolled back by hand to deployment ${target.id}`, invocation.now);
  return { ...begun, change: { ...begun.change, hold } };
}
