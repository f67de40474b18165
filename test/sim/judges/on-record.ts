import type { Deployment } from '../../../lib/domain/deployment.ts';
import { openStates } from '../../../lib/domain/deployment.ts';
import type { Head } from '../../../lib/domain/head.ts';
import { holdsUnless, type MakeJudge } from './judge.ts';

/** Design, section 7: the history is written from the head, to its end; nothing stays open that the head has left. */
export const onRecord: MakeJudge = ({ table }) => ({
  rule: 'history agrees with the head',
  settle: (service) => {
    const head = table.heads.get(service);
    if (head === undefined) return undefined;
    const records = [...(table.deployments.get(service)?.values() ?? [])].map(({ deployment }) => deployment);
    const held = heldBy(head);
    const differing = held.find(
      (one) =>
        !records.some(
          ({ id, state, timeline, rolloutId }) =>
            id === one.id && state === one.state && timeline.length === one.timeline.length && rolloutId === one.rolloutId,
        ),
    );
    const left = records.find(({ id, state }) => (openStates as readonly string[]).includes(state) && !held.some((one) => one.id === id));
    return holdsUnless([
      differing && `${service}: the head has ${differing.id} as ${differing.state}, and the history has not`,
      left && `${service}: the history has ${left.id} as ${left.state}, and the head has left it`,
    ]);
  },
});

function heldBy({ current, verified, waiting }: Head): Deployment[] {
  const others = [
    ...verified,
    ...Object.values(waiting)
      .flat()
      .map(({ deployment }) => deployment),
  ];
  return [...(current === undefined ? [] : [current]), ...others.filter(({ id }) => id !== current?.id)];
}
