import type { Found, Outcome } from './context.ts';
import { knownImages } from './known-images.ts';
import { commit } from './ledger.ts';
import { fail, rollBack, type RollBackNeeds } from './roll-back.ts';
import { lookSoon } from './look-soon.ts';
import { tellIncident } from './tell-incident.ts';
import type { WeighNeeds } from './weigh-verdict.ts';
import { imagesOf, isPinned, pinnedTo } from '../decide/containers.ts';
import { lostNotes } from '../decide/lost-notes.ts';
import { failureOf } from '../decide/stopped-task/failure-of.ts';
import { countsAgainst, matchRow } from '../decide/stopped-task/match-row.ts';
import { isOfOtherRollout } from '../decide/stopped-task/other-rollout.ts';
import { goLive } from '../decide/transitions/rollout.ts';
import { decideVerdict, roomFor, threshold } from '../decide/verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import { failureEntry } from '../domain/failure.ts';
import type { Head } from '../domain/head.ts';
import { isPast, plusMs } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { deploymentTag, imageTag, type TaskDefinition } from '../domain/task-definition.ts';
import { PermanentError } from '../errors.ts';
import type { Services } from '../ports/services.ts';
import type { TaskDefinitions } from '../ports/task-definitions.ts';

/** So long after its bake a deployment waits for a task that tells which images run. */
const digestsWaitMs = 5 * 60_000;

export interface VerifyNeeds extends RollBackNeeds, WeighNeeds {
  services: Services;
  taskDefinitions: TaskDefinitions;
}

/** The bake is over: lists the stopped tasks, for a stop may never have been told (design, rule 1), judges once more, and lets the deployment go live. */
export async function verifyDeployment(needs: VerifyNeeds, found: Found, current: Deployment): Promise<Outcome> {
  const { policy, invocation, service } = found;
  const definition = current.taskDefinition === undefined ? undefined : await needs.taskDefinitions.read(current.taskDefinition);
  const head = await countUntold(needs, found, current, definition);
  if (head.version !== found.head.version) return 'again'; // Counting answers the head as it is now, which somebody else may have claimed.
  const verdict = decideVerdict({ head, desiredCount: service.desiredCount }, policy, invocation.now);
  if (verdict.action === 'condemn') return rollBack(needs, { ...found, head }, current, verdict);
  if (verdict.action === 'incident') return (await tellIncident(needs, { ...found, head }, current, verdict)) ? 'done' : 'again';
  const known = await pin(needs, found, current, definition);
  if (known === undefined) {
    await lookSoon(needs.heads, head, invocation);
    return 'done';
  }
  const { images, pinned, lost = [] } = known;
  const returned = current.origin === 'external' ? await barredAmong(needs, current, images) : undefined;
  if (returned !== undefined) return fail(needs, { ...found, head }, { ...current, images }, returned);
  const notes = [...(current.notes ?? []), ...lostNotes(lost)];
  const live = goLive(head, { ...current, images, ...(notes.length === 0 ? {} : { notes }) }, pinned, policy, invocation.now);
  invocation.log('live', { service: head.service, deployment: current.id, pinned });
  return (await commit(needs, head, live, policy, invocation)) === undefined ? 'again' : 'done';
}

// What a tag named is known only now: where that is in quarantine, somebody else brought it back (design, rule 5).
async function barredAmong({ quarantine }: VerifyNeeds, before: Deployment, images: Deployment['images']): Promise<Reason | undefined> {
  const learnt = Object.entries(images).flatMap(([repository, { digest }]) =>
    before.images[repository]?.digest === digest ? [] : [digest],
  );
  const [barred] = learnt.length === 0 ? [] : await quarantine.barring(learnt);
  if (barred === undefined) return undefined;
  return { code: 'quarantined-returned', text: `somebody else made the service run an image in quarantine: ${barred.reason.text}` };
}

async function countUntold(
  needs: VerifyNeeds,
  { head, service, policy, invocation }: Found,
  current: Deployment,
  definition: TaskDefinition | undefined,
): Promise<Head> {
  const least = threshold(service.desiredCount, policy.verify);
  const stopped = await needs.services.stoppedTasks(head.service);
  const failures = stopped
    .filter((task) => task.taskDefinition === current.taskDefinition && !isOfOtherRollout(task, current))
    .map((task) => ({ task, row: matchRow(task, definition?.containers ?? []) }))
    .filter(({ row }) => countsAgainst(row))
    .map(({ task, row }) => failureOf(task, row.n, definition, policy));
  const [first] = failures;
  if (first === undefined) return head;
  const untold = failures
    .map(failureEntry)
    .filter((entry) => !head.failures.includes(entry))
    .toSorted()
    .toReversed() // The newest first: where there is not room for all, those condemn.
    .slice(0, roomFor(head, first, least, policy.verify, invocation.now));
  return untold.length === 0 ? head : ((await needs.heads.addFailures(head.service, untold)) ?? head);
}

/**
 * The digests that ran, and a copy pinned to them where the revision names a tag: a mutable tag would resolve to another image on the way back. Undefined: only
 * tasks tell them, and at this moment none does, as between a crash and the next task.
 */
async function pin(
  needs: VerifyNeeds,
  { policy, head, invocation }: Found,
  current: Deployment,
  definition: TaskDefinition | undefined,
): Promise<{ images: Deployment['images']; pinned?: string; lost?: string[] } | undefined> {
  if (definition === undefined) return { images: current.images };
  if (isPinned(definition, policy)) return { images: await withBrought(needs, current, definition, policy) };
  const running = await needs.services.runningDigests(head.service, definition.arn);
  if (Object.keys(running).length === 0 && mayTellSoon(current, policy, invocation.now)) return undefined;
  const images = { ...current.images, ...(await knownImages(needs.registry, imagesOf(definition, policy, running), policy)) };
  const containers = pinnedTo(definition, images, policy);
  if (policy.mode === 'watch' || Object.keys(containers).length === 0) return { images };
  try {
    const copy = await needs.taskDefinitions.registerCopy(definition, containers, { [deploymentTag]: current.id, [imageTag]: 'pinned' });
    return { images, pinned: copy.taskDefinition.arn, lost: copy.lost };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    invocation.log('not pinned: no target of a rollback', { service: head.service, deployment: current.id, error: error.message });
    return { images };
  }
}

// Tasks whose digests ECS never tells are no reason to wait for ever.
function mayTellSoon({ bakeStartedAt }: Deployment, { verify }: ServicePolicy, now: Date): boolean {
  return bakeStartedAt !== undefined && !isPast(plusMs(bakeStartedAt, verify.bakeMs + digestsWaitMs), now);
}

// What the copy brought along from its base ran as well, and is known where the act was not written down by whoever did it.
async function withBrought(
  { registry }: VerifyNeeds,
  { images }: Deployment,
  definition: TaskDefinition,
  policy: ServicePolicy,
): Promise<Deployment['images']> {
  const named = Object.entries(imagesOf(definition, policy, {}));
  const brought = named.filter(([repository]) => images[repository] === undefined);
  return brought.length === 0 ? images : { ...images, ...(await knownImages(registry, Object.fromEntries(brought), policy)) };
}
