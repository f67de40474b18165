import { FailingTasks } from './failing-tasks.ts';
import { holdsUnless, type MakeJudge } from './judge.ts';
import { blindMs, imagesOf, primaryOf, skewMs } from './running.ts';

/** What counts as verified did run: its rollout completed, its bake passed, and its tasks did not fail meanwhile. */
export const reallyHealthy: MakeJudge = (truth) => {
  const failing = new FailingTasks();
  return {
    rule: 'verified means it ran',
    watch: (seen) => {
      if (seen.kind === 'task-stopped') failing.add(seen.service, seen.task, truth.now());
      if (seen.kind !== 'head') return undefined;
      const { current, service } = seen.after;
      const verified = current?.state === 'live' && current.verifiedAt !== undefined && seen.before?.current?.verifiedAt === undefined;
      if (!verified || seen.before?.current?.id !== current.id) return undefined;
      const verify = seen.by.configuration.services[service]?.verify;
      if (verify === undefined) return undefined;
      const primary = primaryOf(truth, service);
      const replaced =
        primary.id !== current.rolloutId &&
        primary.createdAtMs < seen.by.startedMs - blindMs &&
        primary.updatedAtMs < seen.by.startedMs - blindMs;
      const ranIt =
        primary.id !== current.rolloutId ||
        imagesOf(truth, service, primary).every((image) => current.images[image.repository]?.digest === image.digest);
      const sinceMs = Math.max(seen.by.startedMs - verify.withinMs, Date.parse(current.startedAt ?? current.createdAt));
      const counted = failing.countOfRollout(service, current.taskDefinition, current.rolloutId ?? '', sinceMs + skewMs, seen.by.startedMs);
      const bakedMs = truth.now() - Date.parse(current.bakeStartedAt ?? '');
      return holdsUnless([
        replaced && `${service} runs ${primary.id}, and ${current.rolloutId} was verified`,
        primary.id === current.rolloutId && !primary.stable && `${service}: ${primary.id} never completed`,
        !ranIt && `${service}: ${current.id} is verified with other images than its tasks ran`,
        counted >= verify.failures && `${service}: ${counted} tasks of ${current.taskDefinition} failed before it was verified`,
        !(bakedMs >= verify.bakeMs - skewMs) && `${service}: it was verified after ${bakedMs} ms of ${verify.bakeMs}`,
      ]);
    },
  };
};
