import type { Found } from './context.ts';
import { examineStop, type ExamineNeeds, type FailedTask } from './examine-stop.ts';
import { commit } from './ledger.ts';
import type { RollBackNeeds } from './roll-back.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';

/**
 * Examines a task for whoever condemns its deployment, or has condemned it: what follows rollouts reads no logs. It is the first failure on record, or,
 * where a rollout hung without any, a task that ends with the way back. A head that changed meanwhile goes without.
 */
export async function keepEvidence(
  needs: RollBackNeeds & ExamineNeeds,
  { head, policy, invocation }: Pick<Found, 'head' | 'policy' | 'invocation'>,
  failed: FailedTask,
): Promise<void> {
  const { current } = head;
  if (current === undefined || failed.task.taskDefinition !== current.taskDefinition) return;
  const evidence = await examineStop(needs, failed, targetOf(head, current), invocation);
  const known = { ...current, evidence };
  await commit(needs, head, { change: { current: known }, told: [], quiet: [known] }, policy, invocation);
}

/** Whether a task that counts against nobody is all that will ever be seen of a deployment that was condemned. */
export function isLastSight(current: Deployment | undefined): boolean {
  return current?.state === 'rolling-back' && current.evidence === undefined;
}

// Not condemned yet, it would go back to the newest that is verified.
function targetOf({ verified }: Head, { id, rollback }: Deployment): Deployment | undefined {
  return verified.find((one) => (rollback === undefined ? one.id !== id : one.id === rollback.to));
}
