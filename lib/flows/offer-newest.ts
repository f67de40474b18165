import { asItIs } from './as-it-is.ts';
import { offerCandidate, type Answer, type OfferNeeds } from './offer-candidate.ts';
import { isDecided } from '../decide/is-decided.ts';
import { wasLost } from '../decide/lost-event.ts';
import { isKeptOut, isRunnerUp } from '../decide/runner-up.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { DeploymentHistory } from '../ports/deployment-log.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface OfferNewestNeeds extends OfferNeeds {
  history: DeploymentHistory;
}

/** How many deployments of a service are looked through for what had its turn. */
const historyMost = 50;

/**
 * Offers the newest that was found, where it is not decided yet; where it is kept out, the newest after it that never had its turn, for of that no
 * event need have told.
 */
export async function offerNewest(
  needs: OfferNewestNeeds,
  [newest, ...others]: Candidate[],
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<void> {
  if (newest === undefined) return;
  const head = await needs.heads.read(policy.service);
  if (!isSettled(head, newest, policy)) await offer(needs, newest, { head, history: [] }, policy, invocation);
  if (others.length > 0) await offerRunnerUp(needs, newest, others, policy, invocation);
}

async function offerRunnerUp(
  needs: OfferNewestNeeds,
  newest: Candidate,
  others: Candidate[],
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<void> {
  const head = await needs.heads.read(policy.service);
  if (head === undefined || !isKeptOut(head, newest)) return;
  const running = others.findIndex(({ repository, digest }) => head.current?.images[repository]?.digest === digest);
  const newer = running < 0 ? others : others.slice(0, running); // By its tags of today, of which the record need not know.
  const possible = newer.filter((one) => isRunnerUp(one, head, [], policy));
  const written = possible.length === 0 ? [] : await needs.history.list(policy.service, historyMost);
  const history = [...head.owed.flatMap((one) => (one.kind === 'history' ? [one.deployment] : [])), ...written];
  for (const candidate of possible.filter((one) => isRunnerUp(one, head, history, policy)))
    if (waits(head, candidate) || (await offer(needs, candidate, { head, history }, policy, invocation)) !== 'reject') return;
}

async function offer(
  needs: OfferNewestNeeds,
  candidate: Candidate,
  { head, history }: { head: Head | undefined; history: Deployment[] },
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<Answer | undefined> {
  const answer = await offerCandidate(needs, { ...candidate, find: () => stillThere(needs, candidate, policy) }, policy, invocation);
  const isNew = answer === 'deploy' || answer === 'wait' || answer === 'reject';
  if (!isNew || head === undefined || !wasLost(candidate, head, history, policy, invocation.now)) return answer;
  const { repository, digest, tag } = candidate;
  invocation.log('found a push that no event told', { service: policy.service, repository, digest, tag });
  needs.metrics.put('LostEventsHealed', 1);
  return answer;
}

// A listing may have begun long ago, and its image may be gone by now. What a tag names was read a moment ago.
async function stillThere({ registry }: OfferNeeds, candidate: Candidate, { images }: ServicePolicy): Promise<Candidate | undefined> {
  const image = images.find(({ repository }) => repository === candidate.repository);
  return image === undefined || image.tags.kind === 'tag' ? candidate : asItIs(registry, image, candidate);
}

/** Whether it waits, or is decided: nothing was lost. */
function isSettled(head: Head | undefined, candidate: Candidate, policy: ServicePolicy): boolean {
  const seen = head?.seen[candidate.repository];
  if (head === undefined || seen?.digest !== candidate.digest || seen.tag !== candidate.tag) return false;
  return waits(head, candidate) || isDecided(seen, policy, head.obstacle);
}

function waits(head: Head, { repository, digest }: Candidate): boolean {
  return head.waiting[repository]?.some((one) => one.candidate.digest === digest) === true;
}
