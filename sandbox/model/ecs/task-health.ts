import type { Behaviour } from './behaviour.ts';
import type { HealthCheck } from './task-definition.ts';
import type { Task } from './task.ts';

/** What health checks will say of a task at a time, and how long after it reached RUNNING. */
export interface HealthForecast {
  afterMs: number;
  healthy: boolean;
  /** Why the scheduler stops an unhealthy task. */
  reason: string;
}

const assumedHealthyMs = 40_000; // Without any check ECS takes a task for healthy about this long after RUNNING.
const targetHealthyMs = 30_000;
const targetUnhealthyMs = 60_000;

/** Whether anything checks the health of the task: a container's own check, or a load balancer. */
export function isChecked(task: Task): boolean {
  return task.order.health.targetGroup !== undefined || checksOf(task).length > 0;
}

/** An unhealthy image is noticed by checks alone: where there is none, it passes for healthy. One that falls ill later is healthy before. */
export function forecastHealth(task: Task, behaviours: readonly Behaviour[]): HealthForecast[] {
  const well = healthy(task);
  const ill = behaviours.find(({ kind }, i) => kind === 'unhealthy' && task.containers[i]?.specification.essential === true);
  if (ill === undefined || !isChecked(task)) return [well];
  return ill.afterMs > well.afterMs ? [well, unhealthy(task, ill.afterMs)] : [unhealthy(task, ill.afterMs)];
}

function healthy(task: Task): HealthForecast {
  const waits = checksOf(task).map(({ intervalMs }) => intervalMs);
  if (task.order.health.targetGroup !== undefined) waits.push(targetHealthyMs);
  return { afterMs: waits.length === 0 ? assumedHealthyMs : Math.max(...waits), healthy: true, reason: '' };
}

function unhealthy(task: Task, sinceMs: number): HealthForecast {
  const { targetGroup, graceMs } = task.order.health;
  const [check] = checksOf(task);
  if (check !== undefined) {
    const noticedMs = Math.max(sinceMs, check.startPeriodMs) + check.intervalMs * check.retries;
    return { afterMs: Math.max(graceMs, noticedMs), healthy: false, reason: 'Task failed container health checks' };
  }
  return {
    afterMs: Math.max(graceMs, sinceMs) + targetUnhealthyMs,
    healthy: false,
    reason: `Task failed ELB health checks in (target-group ${targetGroup})`,
  };
}

function checksOf(task: Task): HealthCheck[] {
  return task.containers.flatMap(({ specification }) => (specification.essential && specification.health ? [specification.health] : []));
}
