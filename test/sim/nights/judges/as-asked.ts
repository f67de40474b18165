import type { Head } from '../../../../lib/domain/head.ts';
import { holds, type MakeJudge, type Ruling, type Truth } from '../../judges/judge.ts';
import { minuteMs } from '../../place.ts';
import { capacityOf } from '../capacity.ts';
import { Kept, type Slept } from '../kept.ts';
import { levelDue } from '../level-due.ts';
import { isPutOff } from '../put-off.ts';

/** Longer than any service is waited for before another wakes. */
const quietMs = 20 * minuteMs;

/** Off-peak, once all has settled: awake where its schedule or an order has it awake, and no more than was asked where they have it asleep. */
export const asAsked: MakeJudge = (truth) => {
  const kept = new Kept(truth);
  return {
    rule: 'asleep and awake as asked',
    watch: (seen) => {
      kept.watch(seen);
      return undefined;
    },
    settle: (service) => {
      const due = levelDue(truth, service, truth.now());
      const head = truth.table.heads.get(service);
      if (due === undefined || head === undefined || due.sinceMs > truth.now() - quietMs) return undefined;
      if (due.level === 'asleep') return isAsleep(truth, service, head, kept.sleepOf(service));
      if (head.sleep?.overdue === true) return undefined; // It was given back what it had, and its tasks do not come up.
      return holds(head.sleep === undefined, () => `${service} is to be awake, and ${head.sleep?.state} since ${head.sleep?.since}`);
    },
  };
};

function isAsleep(truth: Truth, service: string, head: Head, slept: Slept | undefined): Ruling {
  const { sleep } = head;
  const mode = truth.fleet.members.get(service)?.policy.mode;
  const asked = truth.fleet.nights?.byService.get(service)?.asleep.desired ?? 0;
  const busy = sleep === undefined && isPutOff(truth, head);
  const raised = slept?.changes.some(({ before, after }) => after.desired > before.desired) === true; // Whoever did that has it so.
  if (mode !== 'deploy' || busy || raised) return undefined;
  const { desired } = capacityOf(truth, service);
  return holds(
    sleep?.state === 'asleep' && desired <= asked,
    () => `${service} is to be asleep, and is ${sleep?.state} with ${desired} tasks`,
  );
}
