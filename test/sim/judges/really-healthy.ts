import type { Task } from '../../../sandbox/model/ecs/task.ts';
import { holdsUnless, type MakeJudge } from './judge.ts';
import { blindMs, imageOf, primaryOf } from './running.ts';

/** What counts as verified did run: its rollout completed, its bake passed, and its tasks did not fail meanwhile. */
export const reallyHealthy: MakeJudge = (truth) => {
  const failures = new Map<string, number[]>();
  return {
    rule: 'verified means it ran',
    watch: (seen) => {
      if (seen.kind === 'task-stopped' && failed(seen.task)) {
        const key = `${seen.service} ${seen.task.order.definition.arn}`;
        failures.set(key, [...(failures.get(key) ?? []), truth.now()]);
      }
      if (seen.kind !== 'head') return undefined;
      const { current, service } = seen.after;
      const verified = current?.state === 'live' && current.verifiedAt !== undefined && seen.before?.current?.verifiedAt === undefined;
      if (!verified || seen.before?.current?.id !== current.id) return undefined;
      const verify = truth.fleet.members.get(service)?.policy.verify;
      if (verify === undefined) return undefined;
      const primary = primaryOf(truth, service);
      const replaced =
        primary.id !== current.rolloutId &&
        primary.createdAtMs < seen.by.startedMs - blindMs &&
        primary.updatedAtMs < seen.by.startedMs - blindMs;
      const ran = imageOf(truth, primary)?.digest;
      const ranIt = primary.id !== current.rolloutId || Object.values(current.images).some(({ digest }) => digest === ran);
      const sinceMs = Math.max(seen.by.startedMs - verify.withinMs, Date.parse(current.startedAt ?? current.createdAt));
      const counted = (failures.get(`${service} ${current.taskDefinition}`) ?? []).filter(
        (at) => at > sinceMs + 1_000 && at < seen.by.startedMs,
      );
      const bakedMs = truth.now() - Date.parse(current.bakeStartedAt ?? '');
      return holdsUnless([
        replaced && `${service} runs ${primary.id}, and ${current.rolloutId} was verified`,
        primary.id === current.rolloutId && !primary.stable && `${service}: ${primary.id} never completed`,
        !ranIt && `${service}: ${current.id} is verified with other images than its tasks ran`,
        counted.length >= verify.failures &&
          `${service}: ${counted.length} tasks of ${current.taskDefinition} failed before it was verified`,
        !(bakedMs >= verify.bakeMs - 2_000) && `${service}: it was verified after ${bakedMs} ms of ${verify.bakeMs}`,
      ]);
    },
  };
};

function failed({ stopCode, stoppedReason = '' }: Task): boolean {
  return (
    stopCode === 'EssentialContainerExited' || stopCode === 'TaskFailedToStart' || /failed container health checks/.test(stoppedReason)
  );
}
