import { FailingTasks } from './failing-tasks.ts';
import { holds, type MakeJudge } from './judge.ts';

/** Design, section 4: a deployment is condemned by as many different tasks as the policy says, however often each was told. */
export const countedOnce: MakeJudge = (truth) => {
  const failing = new FailingTasks();
  return {
    rule: 'each failed task counts once',
    watch: (seen) => {
      if (seen.kind === 'task-stopped') failing.add(seen.service, seen.task, truth.now());
      if (seen.kind !== 'head') return undefined;
      const { current, service } = seen.after;
      const condemned =
        current?.timeline.some(({ reason }) => reason.code === 'task-failures') === true && current.state === 'rolling-back';
      if (!condemned || seen.before?.current?.state === 'rolling-back') return undefined;
      const least = seen.by.configuration.services[service]?.verify.failures ?? 0;
      const count = (taskDefinition: string | undefined): number => failing.count(service, taskDefinition);
      const pinned = current.pinnedTaskDefinition === current.taskDefinition ? undefined : current.pinnedTaskDefinition;
      const failed = count(current.taskDefinition) + count(pinned);
      return holds(failed >= least, () => `${service}: ${current.id} is condemned, and of its tasks only ${failed} failed`);
    },
  };
};
