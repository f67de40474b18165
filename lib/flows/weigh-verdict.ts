import type { Found, LedgerNeeds } from './context.ts';
import { amongFleet, failingOf, outdatedFailing } from '../decide/fleet-incident.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Failing } from '../domain/failing.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { FailingFleet } from '../ports/failing-fleet.ts';

export interface WeighNeeds extends LedgerNeeds {
  failing: FailingFleet;
}

/**
 * A verdict in guard adds itself to the fleet's before anything is done, and what others were found guilty of says whether it is an incident.
 * `added` is the fleet's answer where a verdict that was foreseen was added already, beside other calls.
 */
export async function weighVerdict(
  needs: WeighNeeds,
  { policy, invocation }: Pick<Found, 'policy' | 'invocation'>,
  current: Deployment,
  verdict: Verdict,
  added?: Failing[],
): Promise<{ verdict: Verdict; outdated: Failing[] }> {
  const own = failingOf(verdict, current);
  if (own === undefined) return { verdict, outdated: [] };
  const fleet = added ?? (await needs.failing.add(own));
  return { verdict: amongFleet(verdict, own, fleet, policy, invocation.now), outdated: outdatedFailing(fleet, invocation.now) };
}

/** Takes out what no window reaches any more; it holds up nothing that is to be done. */
export async function forgetOutdated({ failing }: WeighNeeds, outdated: Failing[], invocation: Invocation): Promise<void> {
  if (outdated.length === 0) return;
  await failing.forget(outdated).catch((error: unknown) => invocation.log('outdated verdicts stay', { error: String(error) }));
}
