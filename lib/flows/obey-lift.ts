import { attemptsMax, type LedgerNeeds } from './context.ts';
import { claim, commit } from './ledger.ts';
import { tell } from './tell.ts';
import { liftBar, obeyed } from '../decide/transitions/commands.ts';
import type { LiftCommand } from '../domain/command.ts';
import type { CommandResult } from '../domain/command-answer.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import { toInstant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import type { Configuration, ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { TransientError } from '../errors.ts';
import { describeLifted } from '../notifications/describe-command.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Quarantine, QuarantineLifter } from '../ports/quarantine.ts';

export interface LiftNeeds extends LedgerNeeds {
  configuration: Configuration;
  quarantine: Quarantine & QuarantineLifter;
}

const lanes = 8;

/** Lets a digest in again: its quarantine, and its bar on each service; or on the named service alone. It deploys nothing by itself. */
export async function liftDigest(command: LiftCommand, needs: LiftNeeds, invocation: Invocation): Promise<CommandResult> {
  const { digest, service } = command;
  const policies = Object.values(needs.configuration.services).filter((policy) => service === undefined || policy.service === service);
  if (policies.length === 0)
    return { outcome: 'refused', reason: { code: 'not-managed', text: `the configuration names no service ${service ?? ''}` } };
  const lifted = service === undefined ? await liftQuarantine(needs, command, invocation) : false;
  const unbarred = await unbarAll(needs, command, policies, invocation);
  const [stands] = service === undefined ? [] : await needs.quarantine.barring([digest]);
  if (stands !== undefined && unbarred.length === 0)
    return {
      outcome: 'refused',
      reason: { code: 'quarantined', text: 'it is in quarantine, which holds for every service: lift it for all, without a service' },
    };
  if (!lifted && unbarred.length === 0)
    return { outcome: 'nothing-to-do', reason: { code: 'not-barred', text: 'no quarantine stands for it, and no service bars it' } };
  const told = describeLifted({ command, lifted, unbarred, installed: { table: needs.table }, at: toInstant(invocation.now) });
  const keeper = policies.find((policy) => unbarred.includes(policy.service)) ?? policies[0];
  await tell(needs.topic, told).catch(async (error: unknown) => {
    invocation.log('told later', { digest, error: String(error) });
    if (keeper !== undefined) await owe(needs, told, keeper, invocation);
  });
  return {
    outcome: 'done',
    reason: whatWas(lifted, unbarred, stands !== undefined),
    next: ['It deploys nothing by itself: order the image for each service that is to run it.'],
  };
}

// A digest is of no service: what the topic did not take stands in the head of one, and the tick pays it.
async function owe(needs: LiftNeeds, notification: Notification, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const head = await needs.heads.read(policy.service);
    const owed = [{ kind: 'message' as const, notification }];
    if (head === undefined || (await claim(needs, head, { change: {}, told: [] }, policy, invocation, owed)) !== undefined) return;
  }
}

function whatWas(lifted: boolean, unbarred: ServiceKey[], stands: boolean): Reason {
  const parts = [
    ...(lifted ? ['its quarantine is lifted'] : []),
    ...(unbarred.length > 0 ? [`it is barred no longer on ${unbarred.join(', ')}`] : []),
  ];
  return { code: 'lifted', text: `${parts.join(', and ')}${stands ? '; its quarantine stands, which holds for every service' : ''}` };
}

async function liftQuarantine({ quarantine }: LiftNeeds, { digest, actor, reason }: LiftCommand, { now }: Invocation): Promise<boolean> {
  const because = reason === undefined ? {} : { because: reason };
  return (await quarantine.lift(digest, { by: actor, at: toInstant(now), ...because })) !== undefined;
}

// A few heads at a time: a fleet of a thousand is read within seconds, and one that others keep changing fails the command, which can be repeated.
async function unbarAll(needs: LiftNeeds, command: LiftCommand, policies: ServicePolicy[], invocation: Invocation): Promise<ServiceKey[]> {
  const queue = [...policies];
  const unbarred: ServiceKey[] = [];
  const lane = async (): Promise<void> => {
    for (let policy = queue.shift(); policy !== undefined; policy = queue.shift())
      if (await unbar(needs, command, policy, invocation)) unbarred.push(policy.service);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return unbarred.toSorted();
}

async function unbar(needs: LiftNeeds, command: LiftCommand, policy: ServicePolicy, invocation: Invocation): Promise<boolean> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const head = await needs.heads.read(policy.service);
    if (head === undefined || !(command.digest in head.barred)) return head?.obeyed?.some(({ id }) => id === command.id) ?? false;
    const reason: Reason = { code: 'lifted', text: `${command.digest} is barred no longer` };
    const lifted = obeyed(liftBar(head, command.digest), head, command, { outcome: 'done', reason }, invocation.now);
    if ((await commit(needs, head, lifted, policy, invocation)) !== undefined) return true;
  }
  throw new TransientError(`the head of ${policy.service} was changed by others ${attemptsMax} times in a row`);
}
