import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';

/**
 * The deployment whose images a service runs, as far as that is on record. On its way back, and where that failed while the service runs its revision
 * still, it is the one that is gone back to: undefined where that was never verified.
 */
export function runningOf({ current, verified }: Pick<Head, 'current' | 'verified'>, taskDefinition?: string): Deployment | undefined {
  const { state, rollback } = current ?? {};
  const hangs = state === 'failed' && rollback !== undefined && rollback.taskDefinition === taskDefinition;
  return state === 'rolling-back' || hangs ? verified.find(({ id }) => id === rollback?.to) : current;
}
