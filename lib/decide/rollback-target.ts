import { targetRevision, type Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';

/** What the preflight found of one verified deployment: whether it could start now. */
export interface Readiness {
  deployment: string;
  ready: boolean;
  /** Why not, where it is not. */
  why?: string;
}

/** The newest verified deployment that is not under judgement and can still start; else why there is none. */
export function chooseTarget(head: Head, readiness: Readiness[]): { target: Deployment } | { target: undefined; why: string } {
  const judged = head.current;
  // Nor another record of the revision under judgement, as when somebody started it anew: going back to it would change nothing.
  const options = head.verified.filter((one) => one.id !== judged?.id && targetRevision(one) !== judged?.taskDefinition);
  const target = options.find(({ id }) => readiness.some(({ deployment, ready }) => deployment === id && ready));
  if (target !== undefined) return { target };
  if (options.length === 0) return { target: undefined, why: 'no deployment before it was verified' };
  const whys = readiness.filter(({ ready }) => !ready).map(({ why }) => why ?? 'it cannot start');
  return { target: undefined, why: `none of the ${options.length} verified before it can start: ${[...new Set(whys)].join('; ')}` };
}
