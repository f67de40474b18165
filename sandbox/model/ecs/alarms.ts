import type { Deployment } from './deployment.ts';
import type { Service } from './service.ts';

/** How long a deployment with alarms is watched after all its tasks are healthy; by AWS's account under five minutes. */
export const alarmBakeMs = 180_000;

/** Which CloudWatch alarms are in ALARM. Nothing measures here: they are set on demand. */
export class Alarms {
  readonly #ringing = new Set<string>();

  set(name: string, ringing: boolean): void {
    if (ringing) this.#ringing.add(name);
    else this.#ringing.delete(name);
  }

  /** The alarms of the service that ring. */
  ringing({ settings }: Service): string[] {
    const { enable, alarmNames = [] } = settings.deploymentConfiguration.alarms ?? {};
    return enable === true ? alarmNames.filter((name) => this.#ringing.has(name)) : [];
  }

  /** Whether the alarms count for a deployment that begins now: where one rings already, none does until it ends. */
  watches(service: Service): boolean {
    return service.settings.deploymentConfiguration.alarms?.enable === true && this.ringing(service).length === 0;
  }
}

/** Whether an alarm may still end the deployment. */
export function isWatched(deployment: Deployment): boolean {
  return deployment.alarmsWatched && deployment.status === 'PRIMARY' && deployment.rolloutState === 'IN_PROGRESS';
}
