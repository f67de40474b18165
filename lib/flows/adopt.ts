import type { Found, LedgerNeeds, Outcome } from './context.ts';
import { commit } from './ledger.ts';
import { quarantineFor } from './roll-back.ts';
import { imagesOf, isPinned } from '../decide/containers.ts';
import { adoptRollback } from '../decide/transitions/rollback.ts';
import { adoptExternal, failExternal, verifiedRunning } from '../decide/transitions/rollout.ts';
import { mainCause } from '../decide/verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Images } from '../domain/image.ts';
import type { Reason } from '../domain/reason.ts';
import type { Rollout } from '../domain/service.ts';
import type { ServiceReader } from '../ports/services.ts';
import type { TaskDefinitionReader } from '../ports/task-definitions.ts';

export interface AdoptNeeds extends LedgerNeeds {
  services: ServiceReader;
  taskDefinitions: TaskDefinitionReader;
}

/** Adopts what somebody else made the service run; a digest in quarantine that comes back this way ends as failed. */
export async function adoptOutside(needs: AdoptNeeds, found: Found, rollout: Rollout, reason: Reason): Promise<Outcome> {
  const { head, service, policy, invocation } = found;
  const images = await imagesRun(needs, found, rollout);
  const barring = await needs.quarantine.barring(Object.values(images).map(({ digest }) => digest));
  const adopted = adoptExternal(head, { rollout, service, images, reason }, invocation.now);
  const barred = barring[0];
  const returned: Reason = {
    code: 'quarantined-returned',
    text: `${reason.text}, whose image is in quarantine: ${barred?.reason.text ?? ''}`,
  };
  const transition = barred === undefined ? adopted : failExternal(adopted, returned, invocation.now);
  invocation.log('adopted', { service: head.service, rollout: rollout.id, reason: barred === undefined ? reason : returned });
  return (await commit(needs, head, transition, policy, invocation)) === undefined ? 'again' : 'done';
}

/** Adopts a rollback that ECS or an operator began before us, and bars what it left behind. */
export async function adoptWayBack(
  needs: LedgerNeeds,
  found: Found,
  current: Deployment,
  { rollout, target, reason }: { rollout: Rollout; target: Deployment | undefined; reason: Reason },
): Promise<Outcome> {
  const { head, policy, invocation } = found;
  const owed = quarantineFor(current, target?.images ?? {}, { reason, row: mainCause(head, current) }, found);
  const transition = adoptRollback(head, current, rollout, target, reason, invocation.now);
  invocation.log('adopted a rollback', { service: head.service, deployment: current.id, rollout: rollout.id, reason });
  return (await commit(needs, head, transition, policy, invocation, owed)) === undefined ? 'again' : 'done';
}

async function imagesRun(needs: AdoptNeeds, { head, policy }: Found, rollout: Rollout): Promise<Images> {
  const known = verifiedRunning(head, rollout.taskDefinition);
  if (known !== undefined) return known.images;
  const definition = await needs.taskDefinitions.read(rollout.taskDefinition);
  if (definition === undefined) return {};
  const running = isPinned(definition, policy) ? {} : await needs.services.runningDigests(head.service, rollout.taskDefinition);
  return imagesOf(definition, policy, running);
}
