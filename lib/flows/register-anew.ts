import { claimBy, type Found, type Outcome } from './context.ts';
import { claim, record, release } from './ledger.ts';
import { preflight } from './preflight.ts';
import { fail, mayNot, type RollBackNeeds } from './roll-back.ts';
import { oneWayBarrier } from '../decide/one-way.ts';
import { chooseTarget } from '../decide/rollback-target.ts';
import { registeredAnew, retarget } from '../decide/transitions/register-anew.ts';
import type { Deployment, Rollback } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Reason } from '../domain/reason.ts';
import { deploymentTag, imageTag } from '../domain/task-definition.ts';
import { PermanentError } from '../errors.ts';
import type { TaskDefinitions } from '../ports/task-definitions.ts';

export interface RegisterAnewNeeds extends RollBackNeeds {
  taskDefinitions: TaskDefinitions;
}

/**
 * The revision to go back to is INACTIVE, and ECS takes none that is: a copy of it is registered, and stands in the head before the service is
 * told to run it. Where AWS refuses the copy, the next verified deployment that can start is the target.
 */
export async function registerAnew(needs: RegisterAnewNeeds, found: Found, condemned: Deployment): Promise<Outcome> {
  const { head, policy, invocation } = found;
  const { rollback } = condemned;
  if (rollback === undefined) return 'done';
  const refusal = mayNot(condemned, policy, condemned.reason); // The configuration may have changed since the claim.
  if (refusal !== undefined) return fail(needs, found, condemned, refusal);
  const claimed = await claim(needs, head, { change: { acting: claimBy(invocation) }, told: [] }, policy, invocation);
  if (claimed === undefined) return 'again';
  try {
    const { taskDefinition: copy, lost } = await copyOf(needs, rollback);
    invocation.log('registered anew', { service: head.service, deployment: condemned.id, from: rollback.taskDefinition, copy: copy.arn });
    await record(needs, claimed, policy, invocation, (latest) =>
      latest.current?.id === condemned.id ? registeredAnew(latest, latest.current, copy.arn, lost) : undefined,
    );
    return 'again';
  } catch (error) {
    if (error instanceof PermanentError) return next(needs, { ...found, head: claimed }, condemned, error.message);
    await release(needs, claimed, policy, invocation);
    throw error;
  }
}

type Copied = Awaited<ReturnType<TaskDefinitions['registerCopy']>>;

async function copyOf({ taskDefinitions }: RegisterAnewNeeds, { to, taskDefinition }: Rollback): Promise<Copied> {
  const original = await taskDefinitions.read(taskDefinition);
  if (original === undefined) throw new PermanentError(`the revision ${taskDefinition} does not exist`);
  if (original.active) return { taskDefinition: original, lost: [] };
  return taskDefinitions.registerCopy(original, {}, { [deploymentTag]: to, [imageTag]: 'pinned' });
}

async function next(needs: RegisterAnewNeeds, found: Found, condemned: Deployment, why: string): Promise<Outcome> {
  const { head, policy, invocation } = found;
  const others: Head = { ...head, verified: head.verified.filter(({ id }) => id !== condemned.rollback?.to) };
  const choice = chooseTarget(others, await preflight(needs, others, policy));
  invocation.log('not registered anew', { service: head.service, deployment: condemned.id, error: why, instead: choice.target?.id });
  const { target } = choice;
  if (target === undefined) {
    const reason: Reason = { code: 'no-target', text: `its target is INACTIVE and could not be registered anew (${why}); ${choice.why}` };
    return fail(needs, found, condemned, reason);
  }
  const barrier = oneWayBarrier(head, leftByOrder(condemned), target);
  if (barrier !== undefined) {
    const text = `its target is INACTIVE and could not be registered anew (${why}). To the one before it is no way back: ${barrier.text}`;
    return fail(needs, found, condemned, { code: 'rollback-disabled', text });
  }
  await record(needs, head, policy, invocation, (latest) =>
    latest.current?.id === condemned.id ? retarget(latest.current, target, why, invocation.now) : undefined,
  );
  return 'again';
}

// What a person ordered to be left, is; of what lies behind the target that was ordered, they said nothing.
function leftByOrder(condemned: Deployment): Deployment {
  const { oneWay: _, ...ordered } = condemned;
  return condemned.rollback?.actor === undefined ? condemned : ordered;
}
