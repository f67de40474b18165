/** What a service has and wants while one deployment replaces others. Tasks that are being stopped are in none of the counts. */
export interface RollingFacts {
  desired: number;
  minimumHealthyPercent: number;
  maximumPercent: number;
  /** Tasks of the PRIMARY deployment, whatever their state, and how many of them are healthy. */
  fresh: number;
  freshHealthy: number;
  /** Tasks of older deployments that run, and that do not run yet. */
  oldRunning: number;
  oldStarting: number;
  /** Whether an older deployment once completed, so that its tasks are kept up while the new one is not there. */
  oldIsStable: boolean;
  /** The PRIMARY deployment FAILED and starts nothing more. */
  stalled: boolean;
  /** PRIMARY is watched by alarms, or the older tasks are to be kept: older tasks go only as far as room for the new ones wants it. */
  watched: boolean;
}

/** How many tasks to start and to stop now. */
export interface RollingPlan {
  startFresh: number;
  stopFresh: number;
  stopOldRunning: number;
  stopOldStarting: number;
  replaceOld: number;
}

/** The smallest number of healthy tasks to keep: rounds up. */
export function lowerLimit(desired: number, minimumHealthyPercent: number): number {
  return Math.ceil((desired * minimumHealthyPercent) / 100);
}

/** The largest number of tasks to have: rounds down. */
export function upperLimit(desired: number, maximumPercent: number): number {
  return Math.floor((desired * maximumPercent) / 100);
}

/** One step of a rolling deployment between its two limits. */
export function planRolling(facts: RollingFacts): RollingPlan {
  const floor = lowerLimit(facts.desired, facts.minimumHealthyPercent);
  const ceiling = upperLimit(facts.desired, facts.maximumPercent);
  const fresh = Math.min(facts.fresh, facts.desired);
  const missing = Math.max(0, floor - facts.freshHealthy - facts.oldRunning);
  const keepStarting = facts.oldIsStable ? Math.min(facts.oldStarting, missing) : 0;
  const stopOldRunning = Math.min(facts.oldRunning, Math.max(0, spareOld(facts, fresh, floor, ceiling)));
  const room = ceiling - fresh - (facts.oldRunning - stopOldRunning) - keepStarting;
  const startFresh = facts.stalled ? 0 : Math.max(0, Math.min(facts.desired - fresh, room));
  const replaceOld = facts.oldIsStable ? Math.max(0, Math.min(missing - keepStarting, room - startFresh)) : 0;
  return { startFresh, stopFresh: facts.fresh - fresh, stopOldRunning, stopOldStarting: facts.oldStarting - keepStarting, replaceOld };
}

/** How many running tasks of older deployments are not needed any more. */
function spareOld(facts: RollingFacts, fresh: number, floor: number, ceiling: number): number {
  if (facts.stalled) return fresh + facts.oldRunning - facts.desired;
  const aboveFloor = facts.freshHealthy + facts.oldRunning - floor;
  return facts.watched ? Math.min(aboveFloor, facts.desired + facts.oldRunning - ceiling) : aboveFloor;
}
