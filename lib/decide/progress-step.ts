import type { Deployment } from '../domain/deployment.ts';
import type { Reason } from '../domain/reason.ts';
import type { Rollout } from '../domain/service.ts';

/** What follows next for a service. */
export type Progress =
  | { action: 'stay'; reason: string; again?: true } // Again: ECS answered from before the record, so what it says is to be asked soon.
  | { action: 'identify'; rollout: Rollout } // Ask again with what PRIMARY's revision says of itself.
  | { action: 'record-rollout'; rollout: Rollout }
  | { action: 'follow-anew'; rollout: Rollout }
  | { action: 'bake' }
  | { action: 'note-wanted'; wanted: boolean } // Tasks of one that is untested are wanted from now on, or no more.
  | { action: 'verify' }
  | { action: 'condemn'; reason: Reason }
  | { action: 'resume-deploy' }
  | { action: 'resume-rollback' }
  | { action: 'register-anew' }
  | { action: 'record-rollback'; rollout: Rollout }
  | { action: 'adopt-external'; rollout: Rollout; reason: Reason }
  | { action: 'adopt-rollback'; rollout: Rollout; target: Deployment | undefined; reason: Reason }
  | { action: 'close-rollback'; rollout: Rollout }
  | { action: 'fail'; reason: Reason };
