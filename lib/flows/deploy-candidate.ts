import { claimBy, type Found, type LedgerNeeds, type Outcome } from './context.ts';
import { claim, record, release } from './ledger.ts';
import { governedContainers, pinnedContainers } from '../decide/containers.ts';
import { beginDeployment } from '../decide/transitions/candidates.ts';
import { withdrawDeployment } from '../decide/transitions/rollback.ts';
import { recordRollout } from '../decide/transitions/rollout.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import { toInstant } from '../domain/instant.ts';
import type { ImagePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { primaryRollout, type Rollout } from '../domain/service.ts';
import { deploymentTag, imageTag, type TaskDefinition } from '../domain/task-definition.ts';
import { PermanentError } from '../errors.ts';
import type { Services } from '../ports/services.ts';
import type { TaskDefinitions } from '../ports/task-definitions.ts';

export interface DeployNeeds extends LedgerNeeds {
  services: Services;
  taskDefinitions: TaskDefinitions;
}

/** Deploys a candidate that every gate let through: claims the service, copies its revision with the new image, runs it, tells, records. */
export async function deployCandidate(needs: DeployNeeds, found: Found, candidate: Candidate, reason: Reason): Promise<Outcome> {
  const { head, service, policy, invocation } = found;
  const begun = beginDeployment(
    head,
    { candidate, reason, acting: claimBy(invocation), previousTaskDefinition: service.taskDefinition },
    policy,
    invocation.now,
  );
  const [claimed, base] = await Promise.all([
    claim(needs, head, begun, policy, invocation),
    needs.taskDefinitions.read(baseOf(found)).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
  ]);
  if (claimed?.current === undefined) return 'again';
  await carryOut(needs, { ...found, head: claimed }, claimed.current, base);
  return 'done';
}

/** Goes on with a deployment whose claim was written and whose act was not: the same record, the same steps. */
export async function resumeDeployment(needs: DeployNeeds, found: Found, current: Deployment): Promise<Outcome> {
  const { head, policy, invocation } = found;
  const claimed = await claim(needs, head, { change: { acting: claimBy(invocation) }, told: [] }, policy, invocation);
  if (claimed === undefined) return 'again';
  await carryOut(needs, { ...found, head: claimed }, current, await needs.taskDefinitions.read(baseOf(found)));
  return 'done';
}

async function carryOut(needs: DeployNeeds, found: Found, current: Deployment, base: TaskDefinition | Error | undefined): Promise<void> {
  const { head, policy, invocation } = found;
  try {
    if (base instanceof Error) throw base;
    if (base === undefined) throw new PermanentError(`the revision to copy, ${baseOf(found)}, does not exist`);
    const rollout = await act(needs, found, current, base);
    if ('code' in rollout) return await withdraw(needs, found, current, 'rejected', rollout);
    invocation.log('deploying', {
      service: head.service,
      deployment: current.id,
      rollout: rollout.id,
      taskDefinition: rollout.taskDefinition,
    });
    await record(needs, head, policy, invocation, (latest) =>
      latest.current?.id === current.id ? recordRollout(latest.current, rollout, toInstant(invocation.now)) : undefined,
    );
  } catch (error) {
    if (!(error instanceof PermanentError)) {
      await release(needs, head, policy, invocation);
      throw error;
    }
    await withdraw(needs, found, current, 'failed', { code: 'aws-refused', text: error.message });
  }
}

/** The rollout that ECS began, or why the deployment may not go on. */
async function act(needs: DeployNeeds, found: Found, current: Deployment, base: TaskDefinition): Promise<Rollout | Reason> {
  const images = pinnedImages(found, current, base);
  if (Object.keys(images).length === 0) {
    return {
      code: 'no-container',
      text: `no container of ${base.family}:${base.revision} runs an image of ${Object.keys(current.images).join(', ')}`,
    };
  }
  const [barring, copy] = await Promise.all([
    needs.quarantine.barring(Object.values(current.images).map(({ digest }) => digest)), // Once more after the claim (design, rule 5).
    needs.taskDefinitions.registerCopy(base, images, { [deploymentTag]: current.id, [imageTag]: imageLabel(current) }),
  ]);
  if (barring[0] !== undefined) return { code: 'quarantined', text: `the image is in quarantine: ${barring[0].reason.text}` };
  if (copy.lost.length > 0) found.invocation.log('the copy had to do without', { deployment: current.id, lost: copy.lost });
  const service = await needs.services.run(current.service, copy.taskDefinition.arn);
  return primaryRollout(service) ?? { code: 'aws-refused', text: 'ECS took the revision and told no primary rollout' };
}

function baseOf({ policy, service }: Found): string {
  if (policy.base === 'service') return service.taskDefinition;
  return service.taskDefinition.slice(service.taskDefinition.lastIndexOf('/') + 1).split(':')[0] ?? service.taskDefinition;
}

// The repositories in which the deployment differs from its base; the others' containers stay as they are.
function pinnedImages({ policy }: Found, current: Deployment, base: TaskDefinition): Record<string, string> {
  const governed = policy.images.filter((image): image is ImagePolicy => governedContainers(base, image).length > 0);
  return Object.fromEntries(
    governed.flatMap((image) => {
      const wanted = current.images[image.repository];
      return wanted === undefined ? [] : Object.entries(pinnedContainers(base, image, wanted.digest));
    }),
  );
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
  state: 'failed' | 'rejected',
  reason: Reason,
): Promise<void> {
  invocation.log('withdrawn', { service: head.service, deployment: current.id, state, reason });
  await record(needs, head, policy, invocation, (latest: Head) =>
    latest.current?.id === current.id ? withdrawDeployment(latest, latest.current, state, reason, invocation.now) : undefined,
  );
}
