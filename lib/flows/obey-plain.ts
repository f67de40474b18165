import type { LedgerNeeds } from './context.ts';
import { offerPassedOver } from './offer-passed-over.ts';
import type { Attempt, Ordered } from './ordered.ts';
import { settle } from './settle-command.ts';
import { releaseWaiting, type ReleaseNeeds } from './release-waiting.ts';
import { passedOver } from '../decide/commands/passed-over.ts';
import { cancelByHand, holdService, resumeService } from '../decide/transitions/commands.ts';
import type { PlainCommand } from '../domain/command.ts';
import type { Head } from '../domain/head.ts';
import { toInstant } from '../domain/instant.ts';
import type { Reason } from '../domain/reason.ts';
import { describeHeld, describeResumed } from '../notifications/describe-command.ts';
import { placeOf } from '../notifications/place.ts';

/** Holds a service: candidates wait, and what is in flight goes on to its end. People are told, for a hold that nobody knows of is a trap. */
export async function holdByHand(needs: LedgerNeeds, found: Ordered, command: PlainCommand): Promise<Attempt> {
  const { head, invocation } = found;
  const { hold: before, service } = head;
  if (before !== undefined) {
    const text = `${before.actor} holds it already, since ${before.since}: ${before.reason}`;
    return { outcome: 'nothing-to-do', reason: { code: 'on-hold', text } };
  }
  const hold = { since: toInstant(invocation.now), actor: command.actor, reason: command.reason ?? 'no reason was told' };
  const reason: Reason = { code: 'held', text: 'it takes no new image until it is resumed; what is in flight goes on to its end' };
  return settle(needs, found, command, {
    transition: holdService(hold),
    reason,
    told: describeHeld({ service, hold, installed: installedAt(needs.table, head) }),
  });
}

/** Ends a hold, and asks at once whatever waits or was passed over meanwhile. */
export async function resumeByHand(needs: ReleaseNeeds, found: Ordered, command: PlainCommand): Promise<Attempt> {
  const { head, policy, invocation } = found;
  if (head.hold === undefined) return { outcome: 'nothing-to-do', reason: { code: 'not-held', text: 'nobody holds it' } };
  const waiting = Object.values(head.waiting).flat().length;
  const reason: Reason = {
    code: 'resumed',
    text: `it takes new images again; ${waiting === 0 ? 'nothing waited' : `${waiting} that waited are asked at once`}`,
  };
  const told = describeResumed({ service: head.service, hold: head.hold, command, at: toInstant(invocation.now) });
  const result = await settle(needs, found, command, { transition: resumeService(head, invocation.now), reason, told });
  if (result === 'again') return result;
  // Whatever fails from here on stands in the record: the tick asks what waits, and reconciliation what was passed over.
  await offerPassedOver(needs, passedOver(head), policy, invocation).catch((error: unknown) =>
    invocation.log('left to the tick', { service: head.service, error: String(error) }),
  );
  const latest = await needs.heads.read(head.service);
  if (latest !== undefined)
    await releaseWaiting(needs, latest, policy, invocation).catch((error: unknown) =>
      invocation.log('left to the tick', { service: head.service, error: String(error) }),
    );
  return result;
}

/** Lets go of what waits. What is in flight is no more waiting: that is taken back by a rollback, which knows where to. */
export async function cancelWaitingByHand(needs: LedgerNeeds, found: Ordered, command: PlainCommand): Promise<Attempt> {
  const { head, policy, invocation } = found;
  const count = Object.values(head.waiting).flat().length;
  if (count === 0) return { outcome: 'nothing-to-do', reason: nothingWaits(found) };
  const why = command.reason === undefined ? '' : `: ${command.reason}`;
  const reason: Reason = { code: 'cancelled', text: `${command.actor} cancelled it${why}` };
  const result: Reason = { code: 'cancelled', text: `${count} that waited will not be deployed by themselves any more` };
  return settle(needs, found, command, { transition: cancelByHand(head, reason, policy, invocation.now), reason: result });
}

function nothingWaits({ head: { current } }: Ordered): Reason {
  const inFlight = current?.state === 'deploying' || current?.state === 'baking';
  const besides = inFlight ? `; deployment ${current.id} is in flight, and a rollback takes it back` : '';
  return { code: 'nothing-waits', text: `nothing waits${besides}` };
}

function installedAt(table: string, { current }: Head): { table: string; place: ReturnType<typeof placeOf> } {
  return { table, place: current && placeOf(current) };
}
