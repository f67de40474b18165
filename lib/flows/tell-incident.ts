import type { Found } from './context.ts';
import { commit } from './ledger.ts';
import type { WeighNeeds } from './weigh-verdict.ts';
import { enter } from '../decide/transitions/transition.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Owed } from '../domain/head.ts';
import { msBetween, plusMs, toInstant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { describeFleetIncident } from '../notifications/describe-fleet-incident.ts';
import { describeIncident } from '../notifications/describe-event.ts';

/** As long as a telling that broke off keeps others from it. */
const takenMs = 70_000;

/**
 * Notes an incident on the deployment's record and pages; nothing is rolled back. In flight each deployment pages once; one of the fleet is
 * paged once in all, and again when it lasts longer than a window. False: the head changed meanwhile.
 */
export async function tellIncident(
  needs: WeighNeeds,
  { head, policy, invocation }: Found,
  current: Deployment,
  { reason, among, after }: Extract<Verdict, { action: 'incident' }>,
): Promise<boolean> {
  if (isNoted(current, policy, invocation.now)) return true;
  const at = toInstant(invocation.now);
  const told = { by: current.id, until: plusMs(at, policy.verify.guard.withinMs) };
  const ours = among === undefined || (await needs.failing.take({ by: current.id, until: plusMs(at, takenMs) }, at));
  const notification =
    among === undefined
      ? describeIncident({ service: head.service, deployment: after ?? current.id, isAfterRollback: after !== undefined, reason, at })
      : describeFleetIncident({ deployment: current, among, reason, until: told.until, table: needs.table, at });
  const { timeline } = enter(current, current.state, reason, invocation.now);
  const noted: Deployment = { ...current, incidentAt: at, timeline };
  const owed: Owed[] = ours ? [{ kind: 'message', notification }] : [];
  const transition = { change: { current: noted }, told: [], quiet: [noted] };
  if ((await commit(needs, head, transition, policy, invocation, owed)) === undefined) return false;
  if (ours && among !== undefined) await needs.failing.told(told);
  return true;
}

/** Whether the incident that is going on stands on the record already. One of the time in flight is another than one in guard, and so is one of a window ago. */
function isNoted({ state, incidentAt, verifiedAt = '' }: Deployment, { verify }: ServicePolicy, now: Date): boolean {
  if (incidentAt === undefined) return false;
  return state !== 'live' || (incidentAt >= verifiedAt && msBetween(incidentAt, now) <= verify.guard.withinMs);
}
