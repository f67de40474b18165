import type { Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { Images } from '../../domain/image.ts';

/** What the service ran before a deployment that begins now, as far as that is on record. */
export function ranBefore(head: Head): Pick<Deployment, 'previousImages'> {
  const previousImages = imagesBefore(head);
  return previousImages === undefined ? {} : { previousImages };
}

// What never completed its rollout, or failed, proves nothing of what it brought: what ran before that counts.
function imagesBefore({ current, verified }: Head): Images | undefined {
  if (current?.state === 'rolling-back') return verified.find(({ id }) => id === current.rollback?.to)?.images;
  return current?.state === 'baking' || current?.state === 'live' ? current.images : current?.previousImages;
}
