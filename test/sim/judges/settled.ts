import { targetRevision } from '../../../lib/domain/deployment.ts';
import type { Head } from '../../../lib/domain/head.ts';
import type { Deployment } from '../../../sandbox/model/ecs/deployment.ts';
import { minuteMs } from '../place.ts';
import { holds, type MakeJudge, type Ruling, type Truth } from './judge.ts';
import { imagesOf, primaryOf } from './running.ts';

const unsettled = new Set(['deploying', 'rolling-back', 'waiting']);

/** When faults end, nothing is left undone: nobody acts, nothing is owed, nothing waits or hangs, and the record says what runs. */
export const settled: MakeJudge = (truth) => ({
  rule: 'all settles',
  settle: (service) => {
    const head = truth.table.heads.get(service);
    if (head === undefined) return { broken: `${service} was never enrolled` };
    const primary = primaryOf(truth, service);
    if (truth.fleet.members.get(service)?.policy.managed !== true) return ofLetGo(head);
    if (head.current === undefined && wasGivenUp(truth, service)) return undefined;
    const bad =
      imagesOf(truth, service, primary).some(({ kind }) => kind.nature === 'bad') &&
      primary.tasks.size > 0 &&
      head.current?.incidentAt === undefined &&
      head.current?.state !== 'failed';
    const left = [...leftIn(head), ...astray(head, primary), ...(bad ? ['a bad image runs, and nobody says so'] : [])];
    return holds(left.length === 0, () => `${service}: ${left.join(', ')}`);
  },
});

// An act that was given up this minute leaves nothing in flight: the next tick takes up what runs.
function wasGivenUp(truth: Truth, service: string): boolean {
  const records = [...(truth.table.deployments.get(service)?.values() ?? [])].map(({ deployment }) => deployment);
  return records.some(({ state, timeline }) => state === 'rejected' && truth.now() - Date.parse(timeline.at(-1)?.at ?? '') < 2 * minuteMs);
}

function ofLetGo(head: Head): Ruling {
  const open = head.current !== undefined && unsettled.has(head.current.state);
  return holds(
    !open && head.owed.length === 0 && head.dueAt === undefined && Object.keys(head.waiting).length === 0,
    () => `${head.service} was let go of, and is due at ${head.dueAt}, ${head.current?.state}, with ${head.owed.length} owed`,
  );
}

function leftIn({ acting, owed, waiting, current, hold, left }: Head): string[] {
  return [
    ...(acting === undefined ? [] : [`${acting.by} acts`]),
    ...(owed.length === 0 ? [] : [`${owed.length} owed`]),
    ...(Object.keys(waiting).length === 0 || hold !== undefined ? [] : ['a candidate waits']),
    ...(left === undefined ? [] : [`${left.length} commands are left`]),
    ...(current === undefined ? ['nothing is known to run'] : []),
    ...(current !== undefined && unsettled.has(current.state) ? [`${current.id} is ${current.state}`] : []),
    ...(current?.state === 'baking' && current.untested !== true ? [`${current.id} still bakes`] : []),
  ];
}

function astray({ current }: Head, { definition }: Deployment): string[] {
  if (current === undefined || (current.state !== 'live' && current.state !== 'baking')) return [];
  if (definition.arn === current.taskDefinition || definition.arn === targetRevision(current)) return [];
  return [`it runs ${definition.arn}, and ${current.id} with ${current.taskDefinition} is on record as ${current.state}`];
}
