import type { Head } from '../../../lib/domain/head.ts';
import type { PushedImage } from '../images.ts';
import { holds, type MakeJudge, type Ruling, type Truth } from './judge.ts';
import { imagesOf, primaryOf } from './running.ts';

/** Design, section 4: Spot, hosts, people and capacity condemn nobody. An image that does as it should is never in quarantine. */
export const innocence: MakeJudge = (truth) => {
  const ran = new Map<string, Set<PushedImage>>();
  return {
    rule: 'no good image is condemned',
    watch: (seen) => {
      if (truth.outages.sinceMs <= truth.now()) return undefined; // From then on a good image may fail; who may be condemned for it another judge says.
      if (seen.kind === 'head') {
        remember(truth, ran, seen.after);
        return condemned(truth, ran, seen.before, seen.after);
      }
      if (seen.kind !== 'quarantined') return undefined;
      const { digest, service, deployment, reason } = seen.entry;
      // Where several images differ from the target, nobody knows which it was: all are barred.
      const suspects = [truth.images.byDigest.get(digest), ...(ran.get(deployment) ?? [])];
      const suspect = suspects.some((image) => image?.kind.nature !== 'good');
      return holds(suspect, () => `${service} put ${digest} into quarantine: ${reason.text}`);
    },
  };
};

// What a deployment ran: what is on record, and what its revision brought along under a tag.
function remember(truth: Truth, ran: Map<string, Set<PushedImage>>, { current, service }: Head): void {
  if (current === undefined) return;
  const known = ran.get(current.id) ?? new Set();
  ran.set(current.id, known);
  const recorded = Object.values(current.images).flatMap(({ digest }) => truth.images.byDigest.get(digest) ?? []);
  const primary = primaryOf(truth, service);
  const truly = primary.definition.arn === current.taskDefinition ? imagesOf(truth, service, primary) : [];
  for (const image of [...recorded, ...truly]) known.add(image);
}

function condemned(truth: Truth, ran: Map<string, Set<PushedImage>>, before: Head | undefined, { current }: Head): Ruling {
  const entered = current?.reason.code === 'task-failures' && before?.current?.reason.code !== 'task-failures';
  if (!entered || current === undefined || Object.keys(current.images).length === 0) return undefined;
  const images = [...(ran.get(current.id) ?? [])];
  const innocent =
    images.every((image) => image.kind.nature === 'good' && truth.images.isThere(image.digest)) &&
    !namesNothing(truth, current.taskDefinition);
  return holds(!innocent, () => `${current.service} condemns ${current.id}, whose image does as it should: ${current.reason.text}`);
}

// A tag that its revision names, and that names no image any more: its tasks cannot start, whatever the images are that could be told.
function namesNothing({ ecs, images }: Truth, taskDefinition = ''): boolean {
  const containers = ecs.definitions.find(taskDefinition)?.containers ?? [];
  return containers.some(({ image }) => !image.includes('@') && images.isUnpullable(image));
}
