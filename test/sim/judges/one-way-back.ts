import type { Head } from '../../../lib/domain/head.ts';
import { holds, holdsUnless, type MakeJudge } from './judge.ts';
import { blindMs } from './running.ts';

/** Rules 6 and 7: one rollback for one deployment, none of a rollback, and none where somebody else went back already. */
export const oneWayBack: MakeJudge = () => {
  const targets = new Map<string, string>();
  /** Where deployments were on their way back to when that failed. */
  const lost = new Map<string, string>();
  return {
    rule: 'one rollback, and none of a rollback',
    watch: (seen) => {
      if (seen.kind === 'head') {
        const { id, state, rollback } = seen.after.current ?? {};
        if (id !== undefined && state === 'failed' && rollback !== undefined) lost.set(id, rollback.taskDefinition);
        return ofRollback(seen.before, seen.after);
      }
      const condemned = seen.kind === 'ran' ? seen.ran.head?.current : undefined;
      if (seen.kind !== 'ran' || condemned?.state !== 'rolling-back') return undefined;
      const { service, taskDefinition, changed, before } = seen.ran;
      const first = targets.get(condemned.id) ?? taskDefinition;
      targets.set(condemned.id, first);
      // Where the way back failed too, a person may order a further one, away from where it led.
      const ordered = condemned.rollback?.actor === undefined ? undefined : lost.get(condemned.id);
      const own = [condemned.taskDefinition, condemned.pinnedTaskDefinition, ordered];
      const elsewhere = changed && before !== undefined && !own.includes(before.taskDefinition);
      return holdsUnless([
        first !== taskDefinition && `${service} was told to go back to ${first}, then to ${taskDefinition}`,
        taskDefinition !== condemned.rollback?.taskDefinition && `${service} goes back to another revision than is on record`,
        elsewhere &&
          before.sinceMs < seen.by.startedMs - blindMs &&
          `${seen.by.id} rolled ${service} back from ${before.taskDefinition}, which nobody condemned`,
      ]);
    },
  };
};

function ofRollback(before: Head | undefined, { current }: Head) {
  if (current?.state !== 'rolling-back' || before?.current?.state === 'rolling-back') return undefined;
  if (current.rollback?.actor !== undefined) return undefined; // A person may go back as far as they like.
  const lived = current.timeline.findLast(({ state }) => state === 'live');
  return holds(
    lived?.reason.code !== 'returned-to-verified',
    () => `${current.service} rolls back ${current.id}, which is itself what it went back to`,
  );
}
