import type { Head } from '../../../lib/domain/head.ts';
import type { Truth } from '../judges/judge.ts';
import { primaryOf } from '../judges/running.ts';

const undecided = new Set(['deploying', 'baking', 'rolling-back']);

/** Whether a service may stay awake because what it runs is not decided yet. A rollout of what failed is decided, however long ECS tries it. */
export function isPutOff(truth: Truth, { service, current }: Head): boolean {
  const { id, rolloutState } = primaryOf(truth, service);
  const givenUp = current?.state === 'failed' && current.rolloutId === id;
  return undecided.has(current?.state ?? '') || (rolloutState === 'IN_PROGRESS' && !givenUp);
}
