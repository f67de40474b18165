import type { Head } from '../../../lib/domain/head.ts';
import { holds, type MakeJudge, type Ruling, type Truth } from './judge.ts';

/** Design, section 4: Spot, hosts, people and capacity condemn nobody. An image that does as it should is never in quarantine. */
export const innocence: MakeJudge = (truth) => ({
  rule: 'no good image is condemned',
  watch: (seen) => {
    if (seen.kind === 'head') return condemned(truth, seen.before, seen.after);
    if (seen.kind !== 'quarantined') return undefined;
    const image = truth.images.byDigest.get(seen.entry.digest);
    return holds(
      image?.kind.nature !== 'good',
      () => `${seen.entry.service} put ${seen.entry.digest} into quarantine: ${seen.entry.reason.text}`,
    );
  },
});

function condemned(truth: Truth, before: Head | undefined, { current }: Head): Ruling {
  const entered = current?.reason.code === 'task-failures' && before?.current?.reason.code !== 'task-failures';
  const images = Object.values(current?.images ?? {}).map(({ digest }) => truth.images.byDigest.get(digest));
  if (!entered || images.length === 0 || current === undefined) return undefined;
  const innocent = images.every((image) => image?.kind.nature === 'good' && truth.images.isThere(image.digest));
  return holds(!innocent, () => `${current.service} condemns ${current.id}, whose image does as it should: ${current.reason.text}`);
}
