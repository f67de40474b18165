import type { Deployment } from './deployment.ts';
import { invalid } from './errors.ts';
import { lowerLimit } from './rolling.ts';
import type { DeploymentConfiguration, EarlySuccess, Service } from './service.ts';

/** How long the tasks before are kept after a deployment with deferred cleanup completed; AWS says up to two weeks. */
export const deferredCleanupMs = 600_000;

/** Refuses criteria that say too little, or less than what must be healthy anyway. */
export function checkEarlySuccess({ earlySuccessCriteria: criteria = {}, minimumHealthyPercent = 100 }: DeploymentConfiguration): void {
  if (criteria.enable !== true) return;
  const { healthyPercent, sourceServiceRevisionCleanup } = criteria;
  if (healthyPercent === undefined || sourceServiceRevisionCleanup === undefined)
    throw invalid('earlySuccessCriteria needs healthyPercent and sourceServiceRevisionCleanup.');
  if (healthyPercent < minimumHealthyPercent || healthyPercent > 100)
    throw invalid('healthyPercent must be at least minimumHealthyPercent, and 100 at most.');
}

/** How many tasks of a deployment must be healthy for it to succeed. */
export function healthyToSucceed(service: Service): number {
  const { enable, healthyPercent = 100 } = criteriaOf(service);
  return enable === true ? lowerLimit(service.desiredCount, healthyPercent) : service.desiredCount;
}

/** Until when the tasks before are kept, where that is deferred; undefined: they go as they are replaced. */
export function keptUntil(service: Service, primary: Deployment): number | undefined {
  if (!isDeferred(service)) return undefined;
  return primary.rolloutState === 'COMPLETED' ? primary.updatedAtMs + deferredCleanupMs : Infinity;
}

/** Whether a deployment may complete beside tasks of those before it. */
export function isDeferred(service: Service): boolean {
  const { enable, sourceServiceRevisionCleanup } = criteriaOf(service);
  return enable === true && sourceServiceRevisionCleanup === 'DEFERRED';
}

function criteriaOf({ settings }: Service): EarlySuccess {
  return settings.deploymentConfiguration.earlySuccessCriteria ?? {};
}
