import type { Configuration } from '../../lib/domain/policy.ts';

export type FunctionName = 'deploy-image' | 'follow-rollout' | 'judge-stopped-task' | 'apply-scan' | 'obey-command' | 'tick';

/** One invocation of a function. */
export interface Process {
  id: string;
  name: FunctionName;
  startedMs: number;
  /** The configuration in its bundle. */
  configuration: Configuration;
  /** Ends at death, at the time-out, or when the flow ends. What a dead process would have done later never happens. */
  alive: boolean;
}
