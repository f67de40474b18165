import { holds, type MakeJudge } from './judge.ts';
import { skewMs } from './running.ts';

const paceMs = 60_000;

/** Design, section 4: at most one UpdateService per service in 60 s, rollbacks excepted. */
export const pace: MakeJudge = (truth) => {
  const lastMs = new Map<string, number>();
  return {
    rule: 'one update a minute',
    watch: (seen) => {
      if (seen.kind !== 'ran' || !seen.ran.changed || seen.ran.head?.current?.state === 'rolling-back') return undefined;
      const { service } = seen.ran;
      const apartMs = truth.now() - (lastMs.get(service) ?? -Infinity);
      lastMs.set(service, truth.now());
      return holds(apartMs >= paceMs - skewMs, () => `${service} was updated again after ${apartMs} ms by ${seen.by.id}`);
    },
  };
};
