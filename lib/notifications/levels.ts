import type { DeploymentState } from '../domain/deployment.ts';
import type { Level } from '../domain/notification.ts';

/** What a deployment may be told as: a state of its own, or that somebody else began it. */
export type ToldState = DeploymentState | 'external';

/** How loudly a state is told when it is entered. */
export const levels: Readonly<Record<ToldState, Level>> = {
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
