import type { Found, LedgerNeeds, Outcome } from './context.ts';
import { knownImages } from './known-images.ts';
import { commit } from './ledger.ts';
import { quarantineFor } from './roll-back.ts';
import { imagesOf, isPinned } from '../decide/containers.ts';
import { adoptExternal, externalId, failExternal, mayBeTakenUp, takeUp, verifiedRunning } from '../decide/transitions/adopt.ts';
import { adoptRollback } from '../decide/transitions/rollback.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { mainCause } from '../decide/verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Images } from '../domain/image.ts';
import type { Reason } from '../domain/reason.ts';
import { isCompleted, type Rollout } from '../domain/service.ts';
import { deploymentTag, type TaskDefinition } from '../domain/task-definition.ts';
import type { Registry } from '../ports/registry.ts';
import type { ServiceReader } from '../ports/services.ts';
import type { TaskDefinitionReader } from '../ports/task-definitions.ts';

export interface AdoptNeeds extends LedgerNeeds {
  registry: Registry;
  services: ServiceReader;
  taskDefinitions: TaskDefinitionReader;
}

/** Adopts what the service runs and is not the current deployment: one of our record is taken up again, any other recorded as external. */
export async function adoptOutside(needs: AdoptNeeds, found: Found, rollout: Rollout, reason: Reason): Promise<Outcome> {
  const { head, policy, invocation } = found;
  const definition = await needs.taskDefinitions.read(rollout.taskDefinition);
  const own = externalId(head.service, rollout);
  const known = await needs.log.find(head.service, definition?.tags[deploymentTag] ?? own);
  const transition =
    known !== undefined && mayBeTakenUp(known, rollout)
      ? takeUp(head, known, rollout, invocation.now)
      : await external(needs, found, { rollout, reason, definition, again: await isRecorded(needs, head, own) });
  const adopted = transition.change.current;
  invocation.log('adopted', { service: head.service, rollout: rollout.id, deployment: adopted?.id, reason: adopted?.reason });
  return (await commit(needs, head, transition, policy, invocation)) === undefined ? 'again' : 'done';
}

// ECS's own rollback takes up an old rollout, id included: what is on record of its first time stays as it was.
async function isRecorded({ log }: AdoptNeeds, { service, current, verified, owed }: Head, id: string): Promise<boolean> {
  const unwritten = owed.flatMap((one) => (one.kind === 'history' ? [one.deployment] : []));
  if ([...(current === undefined ? [] : [current]), ...verified, ...unwritten].some((one) => one.id === id)) return true;
  return (await log.find(service, id)) !== undefined;
}

// A digest in quarantine that comes back this way ends as failed (design, rule 5).
async function external(
  needs: AdoptNeeds,
  found: Found,
  { rollout, reason, definition, again }: { rollout: Rollout; reason: Reason; definition: TaskDefinition | undefined; again: boolean },
): Promise<Transition> {
  const { head, service, invocation } = found;
  const images = await imagesRun(needs, found, rollout, definition);
  const [barred] = await needs.quarantine.barring(Object.values(images).map(({ digest }) => digest));
  const adopted = adoptExternal(head, { rollout, service, images, reason, again }, invocation.now);
  if (barred === undefined) return adopted;
  const text = `${reason.text}, whose image is in quarantine: ${barred.reason.text}`;
  return failExternal(head, adopted, { code: 'quarantined-returned', text }, invocation.now);
}

/** Adopts a rollback that ECS or an operator began before us, and bars what it left behind. */
export async function adoptWayBack(
  needs: LedgerNeeds,
  found: Found,
  current: Deployment,
  { rollout, target, reason }: { rollout: Rollout; target: Deployment | undefined; reason: Reason },
): Promise<Outcome> {
  const { head, policy, invocation } = found;
  const owed = quarantineFor(current, target?.images, { reason, row: mainCause(head, current) }, found);
  const transition = adoptRollback(head, current, rollout, target, reason, invocation.now);
  invocation.log('adopted a rollback', { service: head.service, deployment: current.id, rollout: rollout.id, reason });
  return (await commit(needs, head, transition, policy, invocation, owed)) === undefined ? 'again' : 'done';
}

async function imagesRun(
  needs: AdoptNeeds,
  { head, service, policy }: Found,
  rollout: Rollout,
  definition: TaskDefinition | undefined,
): Promise<Images> {
  if (definition === undefined) return {};
  const verified = verifiedRunning(head, rollout);
  if (verified !== undefined && (verified.rolloutId === rollout.id || isPinned(definition, policy))) return verified.images;
  // While it rolls out, tasks of the same revision from before may still run what its tag named then: known when it is verified.
  const unasked = isPinned(definition, policy) || !isCompleted(rollout, service);
  const running = unasked ? {} : await needs.services.runningDigests(head.service, definition.arn);
  return knownImages(needs.registry, imagesOf(definition, policy, running), policy);
}
