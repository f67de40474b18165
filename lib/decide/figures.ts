import type { Transition } from './transitions/transition.ts';
import type { Deployment, DeploymentState } from '../domain/deployment.ts';
import { msBetween, type Instant } from '../domain/instant.ts';
import type { MetricName } from '../domain/metric.ts';

export type Figure = [name: MetricName, value: number];

/** What a transition adds to the figures of a dashboard once it is written: of each state that a deployment enters for the first time. */
export function figuresOf({ told }: Transition): Figure[] {
  return told.filter(isFirst).flatMap((deployment) => figures[deployment.state]?.(deployment) ?? []);
}

const figures: Partial<Record<DeploymentState, (deployment: Deployment) => Figure[]>> = {
  deploying: () => [['Deployments', 1]],
  'rolling-back': () => [['Rollbacks', 1]],
  // How old an image is that a person chose says nothing of the way that it took.
  live: ({ origin, pushedAt, timeline }) => (origin === 'command' ? [] : since('LeadTime', pushedAt, timeline)),
  // Where a newer candidate took over, the service was never back.
  'rolled-back': (deployment) =>
    deployment.reason.code === 'back-on-target' ? since('TimeToRestore', brokenSince(deployment), deployment.timeline) : [],
};

// What is told again of a deployment in the same state, or is taken up once more, happened once.
function isFirst({ state, timeline }: Deployment): boolean {
  return timeline.filter((entry) => entry.state === state).length === 1;
}

// A rollout that hangs has no failure, and harms from its start; one that was live did no harm that is known of before it was condemned.
function brokenSince({ diagnosis, startedAt, timeline }: Deployment): Instant | undefined {
  const wasLive = timeline.some(({ state }) => state === 'live');
  const condemnedAt = timeline.find(({ state }) => state === 'rolling-back')?.at;
  return diagnosis?.failed?.first ?? (wasLive ? undefined : startedAt) ?? condemnedAt;
}

function since(name: MetricName, from: Instant | undefined, timeline: Deployment['timeline']): Figure[] {
  const to = timeline.at(-1)?.at;
  return from === undefined || to === undefined ? [] : [[name, Math.max(0, Math.round(msBetween(from, to) / 1000))]];
}
