import { claimBy, instantOf, type Found, type LedgerNeeds, type Outcome } from './context.ts';
import { behindImages, carriesBarred, carriesQuarantined, type ImageBarrierNeeds } from './image-barrier.ts';
import { claim, record, release } from './ledger.ts';
import { readLabels, readOneWay } from './read-one-way.ts';
import { withLabels } from './tell-labels.ts';
import { carrying, homelessImage, imagesOf, pinnedTo } from '../decide/containers.ts';
import { lostNotes } from '../decide/lost-notes.ts';
import { withOneWay } from '../decide/one-way.ts';
import { beginDeployment } from '../decide/transitions/candidates.ts';
import { recordRollout } from '../decide/transitions/rollout.ts';
import { withdrawDeployment } from '../decide/transitions/withdraw.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head, Owed } from '../domain/head.ts';
import type { Candidate, Digest, Images } from '../domain/image.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import type { Reason } from '../domain/reason.ts';
import { primaryRollout, type Rollout } from '../domain/service.ts';
import { deploymentTag, imageTag, type TaskDefinition } from '../domain/task-definition.ts';
import { PermanentError, TransientError } from '../errors.ts';
import type { ServiceRunner } from '../ports/services.ts';
import type { TaskDefinitionReader, TaskDefinitions } from '../ports/task-definitions.ts';

export interface DeployNeeds extends LedgerNeeds, Pick<ImageBarrierNeeds, 'contents'> {
  services: ServiceRunner;
  taskDefinitions: TaskDefinitions;
}

/** Deploys a candidate that every gate let through: claims the service, copies its revision with the new image, runs it, tells, records. */
export async function deployCandidate(needs: DeployNeeds, found: Found, candidate: Candidate, reason: Reason): Promise<Outcome> {
  const { head, service, policy, invocation } = found;
  const begun = beginDeployment(
    head,
    { candidate, reason, acting: claimBy(invocation), startedAt: instantOf(invocation), previousTaskDefinition: service.taskDefinition },
    policy,
    invocation.now,
  );
  const [claimed, base] = await Promise.all([claim(needs, head, begun, policy, invocation), readBase(needs, found)]);
  if (claimed?.current === undefined) return 'again';
  await carryOut(needs, { ...found, head: claimed }, claimed.current, base);
  return 'done';
}

/** Goes on with a deployment whose claim was written and whose act was not: the same record, the same steps. */
export async function resumeDeployment(needs: DeployNeeds, found: Found, current: Deployment): Promise<Outcome> {
  const { head, policy, invocation } = found;
  // From now on an answer of ECS may be from before this act: where it is lost, the next one waits for that to pass.
  const begun = { acting: claimBy(invocation), current: { ...current, startedAt: instantOf(invocation) } };
  const [claimed, base] = await Promise.all([claim(needs, head, { change: begun, told: [] }, policy, invocation), readBase(needs, found)]);
  if (claimed === undefined) return 'again';
  await carryOut(needs, { ...found, head: claimed }, current, base);
  return 'done';
}

/**
 * The revision to copy, with what the service runs in it. Read beside the claim; a fault of it is one of the act, for by then the service is taken.
 */
export async function readBase(
  needs: { taskDefinitions: TaskDefinitionReader },
  found: Pick<Found, 'policy' | 'service'>,
): Promise<TaskDefinition | Error | undefined> {
  const { policy, service } = found;
  const arns = [baseOf(found), ...(policy.base === 'service' ? [] : [service.taskDefinition])];
  try {
    const [base, running] = await Promise.all(arns.map((arn) => needs.taskDefinitions.read(arn)));
    return base && running ? carrying(base, running, policy) : base;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

type Acted =
  | { rollout: Rollout; images: Images; notes: string[]; oneWay: Digest[] | Error; labels: Pick<Deployment, 'labels'> }
  | { stopped: 'failed' | 'rejected'; reason: Reason };

/** Copies the revision with the new image, runs it, and records the rollout; what is refused for good ends the deployment. */
export async function carryOut(
  needs: DeployNeeds,
  found: Found,
  current: Deployment,
  base: TaskDefinition | Error | undefined,
): Promise<void> {
  const { head, policy, invocation } = found;
  const acted = await act(needs, found, current, base).catch((error: unknown) => refused(needs, found, error));
  if ('stopped' in acted) return withdraw(needs, found, current, acted);
  const { id: rollout, taskDefinition } = acted.rollout;
  invocation.log('deploying', { service: head.service, deployment: current.id, rollout, taskDefinition });
  await record(withLabels(needs, { ...current, ...acted.labels }, policy), head, policy, invocation, (latest) =>
    latest.current?.id === current.id ? recordRollout(noted(latest.current, acted), acted.rollout, acted.rollout.createdAt) : undefined,
  );
}

function noted(current: Deployment, { images, notes, oneWay, labels }: Extract<Acted, { rollout: Rollout }>): Deployment {
  const noting = notes.length === 0 ? {} : { notes: [...new Set([...(current.notes ?? []), ...notes])] };
  const known = { ...current, ...labels, images, ...noting };
  return oneWay instanceof Error ? known : withOneWay(known, oneWay);
}

// What is refused for good ends; whatever else failed is tried again, so the service is given free.
async function refused(needs: DeployNeeds, { head, policy, invocation }: Found, error: unknown): Promise<Acted> {
  if (error instanceof PermanentError) return { stopped: 'failed', reason: { code: 'aws-refused', text: error.message } };
  await release(needs, head, policy, invocation);
  throw error;
}

async function act(needs: DeployNeeds, found: Found, current: Deployment, base: TaskDefinition | Error | undefined): Promise<Acted> {
  if (base instanceof Error) throw base;
  if (base === undefined) throw new PermanentError(`the revision to copy, ${baseOf(found)}, does not exist`);
  // What the copy brings along from its base is deployed as well: the family's newest may never have run.
  const images = { ...imagesOf(base, found.policy, {}), ...current.images };
  const barrier = barrierOf(found, current, base) ?? carriesBarred(found.head, carriedOf(current, images), current);
  if (barrier !== undefined) return { stopped: 'rejected', reason: barrier };
  const oneWay = readOneWay(needs.contents, { images }, found.invocation); // The act does not wait for them, its record does.
  const labels = readLabels(needs.contents, current, found.invocation);
  const [behind, barring, copy] = await Promise.all([
    behindImages(needs, current, base, found.invocation),
    needs.quarantine.barring(Object.values(images).map(({ digest }) => digest)), // Once more after the claim (design, rule 5).
    needs.taskDefinitions.registerCopy(base, pinnedTo(base, images, found.policy), {
      [deploymentTag]: current.id,
      [imageTag]: imageLabel(current),
    }),
  ]);
  if (behind.barrier !== undefined) return { stopped: 'rejected', reason: behind.barrier };
  const [barred] = barring;
  if (barred !== undefined) return { stopped: 'rejected', reason: quarantinedReason(current, images, barred) };
  const service = await needs.services.run(current.service, copy.taskDefinition.arn);
  const rollout = primaryRollout(service);
  if (rollout === undefined) throw new TransientError(`ECS told no primary rollout of ${current.service}`); // The next look finds it.
  return { rollout, images, notes: [...behind.notes, ...lostNotes(copy.lost)], oneWay: await oneWay, labels: await labels };
}

// Of what is only carried on the candidate is not the cause: once that is out of quarantine, or was replaced, it is asked again.
function quarantinedReason(current: Deployment, images: Images, barred: QuarantineEntry): Reason {
  const carried = carriedOf(current, images);
  const isCarried = Object.values(carried).some(({ digest }) => digest === barred.digest);
  return isCarried
    ? carriesQuarantined(carried, barred)
    : { code: 'quarantined', text: `the image is in quarantine: ${barred.reason.text}` };
}

function carriedOf({ images: own, previousImages }: Deployment, images: Images): Images {
  return Object.fromEntries(
    Object.entries(images).filter(([name, { digest }]) => own[name] === undefined || previousImages?.[name]?.digest === digest),
  );
}

// What the claim could not know yet: the configuration and the revision may have changed since the candidate was decided.
function barrierOf({ policy }: Found, current: Deployment, base: TaskDefinition): Reason | undefined {
  if (policy.mode === 'watch') return { code: 'watch-only', text: 'mode is watch by now: what was begun is not carried out' };
  const images = policy.images.filter(({ repository }) => current.images[repository] !== undefined);
  if (images.length > 0) return homelessImage(base, images);
  const text = `the service takes images of ${Object.keys(current.images).join(', ')} no more`;
  return { code: 'no-container', text };
}

function baseOf({ policy, service }: Pick<Found, 'policy' | 'service'>): string {
  if (policy.base === 'service') return service.taskDefinition;
  return service.taskDefinition.slice(service.taskDefinition.lastIndexOf('/') + 1).split(':')[0] ?? service.taskDefinition;
}

// Tag values take letters, digits, spaces and _ . : / = + - @, 256 at most.
function imageLabel({ images }: Deployment): string {
  const labels = Object.entries(images).map(([repository, { tag, digest }]) => `${repository}:${tag ?? ''}@${digest.slice(0, 19)}`);
  return labels.join(' ').slice(0, 256);
}

async function withdraw(
  needs: DeployNeeds,
  { head, policy, invocation }: Found,
  current: Deployment,
  { stopped, reason }: { stopped: 'failed' | 'rejected'; reason: Reason },
): Promise<void> {
  invocation.log('withdrawn', { service: head.service, deployment: current.id, state: stopped, reason });
  await record(needs, reason.code === 'platform-mismatch' ? withoutBeginning(head, current) : head, policy, invocation, (latest) =>
    latest.current?.id === current.id ? withdrawDeployment(latest, latest.current, stopped, reason, invocation.now) : undefined,
  );
}

// Nobody was told yet that it is being deployed, and nobody need be.
function withoutBeginning(head: Head, { id }: Deployment): Head {
  const begins = (owed: Owed): boolean =>
    owed.kind === 'message' && owed.notification.deployment === id && owed.notification.state === 'deploying';
  return { ...head, owed: head.owed.filter((owed) => !begins(owed)) };
}
