import { holdsUnless, type MakeJudge } from './judge.ts';

/** An order is carried out once, however often it arrives, and each answer says why. */
export const orders: MakeJudge = () => {
  const deployments = new Map<string, string>();
  return {
    rule: 'an order is carried out once',
    watch: (seen) => {
      if (seen.kind === 'answered') return holdsUnless([seen.reason.text === '' && `${seen.verb} was answered without a reason`]);
      if (seen.kind !== 'head') return undefined;
      if (seen.after.obeyed === seen.before?.obeyed && seen.after.left === seen.before?.left) return undefined;
      const { service, obeyed = [], left = [] } = seen.after;
      const twice = obeyed
        .map(({ id, deployment = '' }) => ({ id, first: deployments.get(id) ?? deployment, second: deployment }))
        .find(({ first, second }) => second !== '' && first !== second);
      for (const { id, deployment } of obeyed) if (deployment !== undefined) deployments.set(id, deployment);
      const anew = obeyed.find((one) => seen.before?.obeyed?.some((known) => known.id === one.id && known.at !== one.at));
      const again = left.find(({ id }) => obeyed.some((one) => one.id === id));
      return holdsUnless([
        twice && `${service}: ${twice.id} made ${twice.first} and then ${twice.second}`,
        anew && `${service}: ${anew.id} was carried out, and is once more`,
        again && `${service}: ${again.id} is carried out, and left to be carried out again`,
        obeyed.some(({ actor, reason }) => actor === '' || reason.text === '') &&
          `${service}: a command is on record without actor or reason`,
      ]);
    },
  };
};
