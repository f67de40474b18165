import type { DeploymentState } from '../domain/deployment.ts';
import type { Level } from '../domain/notification.ts';

/** What a deployment may be told as: a state of its own, or that somebody else began it. */
export type ToldState = DeploymentState | 'external';

const levels: Readonly<Record<ToldState, Level>> = {
  waiting: 'info',
  deploying: 'info',
  baking: 'info',
  live: 'info',
  superseded: 'info',
  replaced: 'info',
  cancelled: 'info',
  rejected: 'warning',
  'rolling-back': 'warning',
  external: 'warning',
  'rolled-back': 'critical',
  failed: 'critical',
};

const longWaitMs = 3_600_000;

/** How loudly a state is told; one that only waits is told louder after an hour. */
export function levelOf(state: ToldState, inStateMs: number): Level {
  return state === 'waiting' && inStateMs > longWaitMs ? 'warning' : levels[state];
}
