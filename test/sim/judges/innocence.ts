import { holds, type MakeJudge } from './judge.ts';

/** Design, section 4: Spot, hosts, people and capacity condemn nobody. An image that does as it should is never in quarantine. */
export const innocence: MakeJudge = (truth) => ({
  rule: 'no good image in quarantine',
  watch: (seen) => {
    if (seen.kind !== 'quarantined') return undefined;
    const image = truth.images.byDigest.get(seen.entry.digest);
    return holds(
      image?.kind.nature !== 'good',
      () => `${seen.entry.service} put ${seen.entry.digest} into quarantine: ${seen.entry.reason.text}`,
    );
  },
});
