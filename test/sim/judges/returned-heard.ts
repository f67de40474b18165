import { targetRevision, type Deployment } from '../../../lib/domain/deployment.ts';
import type { Head } from '../../../lib/domain/head.ts';
import { minuteMs, partsOf } from '../place.ts';
import { holds, type MakeJudge } from './judge.ts';

/** Within which whoever counted a stop, or the tick after it, has told what it comes to. */
const toldMs = 3 * minuteMs;

/** Design, rule 6: there is no rollback of a rollback, so that people are told when what a service was put back on fails too. */
export const returnedHeard: MakeJudge = (truth) => ({
  rule: 'failures after a way back are told',
  settle: (service) => {
    const head = truth.table.heads.get(service);
    const policy = truth.fleet.members.get(service)?.policy;
    const current = head?.current;
    const back = current?.timeline.findLast(({ reason }) => reason.code !== 'incident');
    if (head === undefined || current?.state !== 'live' || policy?.managed !== true || back?.reason.code !== 'returned-to-verified')
      return undefined;
    const { failures, sharePercent, guard } = policy.verify;
    const nowMs = truth.now();
    if (nowMs > Date.parse(back.at) + guard.forMs - toldMs) return undefined;
    const sinceMs = nowMs - guard.withinMs;
    if (Date.parse(current.incidentAt ?? '') >= sinceMs - guard.withinMs) return 'holds'; // Told once a window, which the failures of this one continued.
    const { cluster, name } = partsOf(service);
    const least = Math.max(failures, Math.ceil((truth.ecs.service(cluster, name).desiredCount * sharePercent) / 100));
    const tasks = tasksFailed(head, current, sinceMs, nowMs - toldMs);
    // Of one kind of cause the first does not count.
    return holds(tasks - 1 < least, () => `${tasks} tasks of ${current.id} failed, which ${service} was put back on, and nobody was told`);
  },
});

function tasksFailed({ failures }: Head, current: Deployment, fromMs: number, toMs: number): number {
  const names = [current.taskDefinition, targetRevision(current)].map((arn = '') => arn.slice(arn.lastIndexOf('/') + 1));
  const own = failures.flatMap((entry) => {
    const [at = '', task = '', revision = '', row = '', rollout = current.rolloutId] = entry.split('#');
    const atMs = Date.parse(at);
    const isOwn = names.includes(revision) && rollout === current.rolloutId && /^\d+$/.test(row);
    return isOwn && atMs > fromMs && atMs < toMs ? [task] : [];
  });
  return new Set(own).size;
}
