import type { Deployment, DeploymentState } from '../../domain/deployment.ts';
import type { HeadChange, Owed } from '../../domain/head.ts';
import { toInstant } from '../../domain/instant.ts';
import type { Reason } from '../../domain/reason.ts';

/** What a step changes: the head's attributes, and the deployments whose record changes with it. */
export interface Transition {
  change: HeadChange;
  /** Deployments that enter a state of which people are told. */
  told: Deployment[];
  /** Deployments whose record changes without a message. */
  quiet?: Deployment[];
  /** What it owes beside that. */
  owed?: Owed[];
}

const timelineEntriesMax = 50;

/** The deployment in its next state, with the reason on its timeline, on which time never runs backwards: functions' clocks and beginnings differ. */
export function enter(deployment: Deployment, state: DeploymentState, reason: Reason, now: Date): Deployment {
  const at = [toInstant(now), deployment.timeline.at(-1)?.at ?? ''].toSorted()[1] as string;
  const timeline = [...deployment.timeline, { at, state, reason }].slice(-timelineEntriesMax);
  return { ...deployment, state, reason, timeline };
}
