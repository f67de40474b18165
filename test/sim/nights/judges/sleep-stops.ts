import type { Task } from '../../../../sandbox/model/ecs/task.ts';
import { holds, type MakeJudge } from '../../judges/judge.ts';

/** Off-peak: tasks that stop because a service is scaled in, to sleep or otherwise, never count as failures. */
export const sleepStops: MakeJudge = (truth) => {
  const scaledIn = new Map<string, Set<string>>();
  return {
    rule: 'stops by sleeping never count',
    watch: (seen) => {
      if (seen.kind === 'task-stopped' && isScaledIn(seen.task)) {
        const known = scaledIn.get(seen.service) ?? new Set();
        scaledIn.set(seen.service, known.add(seen.task.id));
      }
      if (seen.kind !== 'head' || seen.after.failures === seen.before?.failures) return undefined;
      const { service, failures } = seen.after;
      const counted = failures.find((entry) => scaledIn.get(service)?.has(entry.split('#')[1] ?? ''));
      return counted === undefined ? undefined : { broken: `${service} counts ${counted}, which was scaled in` };
    },
    settle: (service) => {
      const { failures = [] } = truth.table.heads.get(service) ?? {};
      const stopped = scaledIn.get(service);
      if (stopped === undefined) return undefined;
      return holds(!failures.some((entry) => stopped.has(entry.split('#')[1] ?? '')), () => `${service} counts what was scaled in`);
    },
  };
};

function isScaledIn({ stopCode, stoppedReason = '' }: Task): boolean {
  return stopCode === 'ServiceSchedulerInitiated' && stoppedReason.startsWith('Scaling activity');
}
