import type { Deployment, DeploymentState, TimelineEntry } from '../../../lib/domain/deployment.ts';
import type { NotificationState } from '../../../lib/domain/notification.ts';
import { holdsUnless, type MakeJudge } from './judge.ts';

/** Rule 4: each state change on record was told, and each that was told is on record. */
export const told: MakeJudge = (truth) => {
  const ids = new Set<string>();
  const byService = new Map<string, { deployment: string; state: string }[]>();
  return {
    rule: 'each state change is told',
    watch: (seen) => {
      if (seen.kind !== 'told') return undefined;
      const { id, folded = [id], service, deployment, state } = seen.notification;
      for (const one of folded) ids.add(one);
      if (service !== undefined && deployment !== undefined && state !== 'incident' && state !== 'trouble')
        byService.set(service, [...(byService.get(service) ?? []), { deployment, state }]);
      return undefined;
    },
    settle: (service) => {
      const records = truth.table.deployments.get(service) ?? new Map<string, { deployment: Deployment }>();
      const untold = [...records.values()].flatMap(({ deployment }) =>
        deployment.timeline.filter(
          (entry) => isTold(deployment, entry) && !ids.has(`${deployment.id}#${wordFor(deployment, entry.state)}`),
        ),
      );
      const unknown = (byService.get(service) ?? []).filter(
        ({ deployment, state }) =>
          !records.get(deployment)?.deployment.timeline.some((entry) => entry.state === (state === 'external' ? 'deploying' : state)),
      );
      const unwarned = [...records.values()].flatMap(({ deployment: { id, warned = [] } }) =>
        warned.filter((_, index) => !ids.has(`${id}#warning#${index + 1}`)),
      );
      return holdsUnless([
        unwarned.length > 0 && `${service}: warned of on record, and never told: ${JSON.stringify(unwarned[0])}`,
        untold.length > 0 && `${service}: never told: ${JSON.stringify(untold[0])}`,
        unknown.length > 0 && `${service}: told and not on record: ${JSON.stringify(unknown[0])}`,
      ]);
    },
  };
};

/** A rollout that somebody else began is told as such. */
export function wordFor({ origin }: Deployment, state: DeploymentState): NotificationState {
  return origin === 'external' && state === 'deploying' ? 'external' : state;
}

/** Nobody is told of a baseline before it is verified, of a state passed within one write, of an image that could not run, or of a target that is live again. */
export function isTold({ timeline }: Deployment, entry: TimelineEntry): boolean {
  const baseline = timeline[0]?.reason.code === 'baseline' && (entry.state === 'deploying' || entry.state === 'baking');
  const passed = timeline.some(({ at, reason }) => at === entry.at && reason.code === 'quarantined-returned') && entry.state !== 'failed';
  const neverBegun = entry.state === 'deploying' && timeline.at(-1)?.reason.code === 'platform-mismatch';
  return !baseline && !passed && !neverBegun && entry.reason.code !== 'returned-to-verified';
}
