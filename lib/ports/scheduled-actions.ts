import type { ServiceKey } from '../domain/deployment.ts';
import type { ScheduledAction } from '../domain/scheduled-action.ts';

/** What scales services at certain times, beside us. */
export interface ScheduledActions {
  of(service: ServiceKey): Promise<ScheduledAction[]>;
}
