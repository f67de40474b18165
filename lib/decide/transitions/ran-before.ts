import type { Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { Images } from '../../domain/image.ts';

/**
 * What the service ran before a deployment that begins now, as far as that is on record. Not of the repository whose image the deployment brings: that
 * answers for itself, also where it ran there before.
 */
export function ranBefore(head: Head, brought = ''): Pick<Deployment, 'previousImages'> {
  const { [brought]: _, ...previousImages } = imagesBefore(head) ?? {};
  return Object.keys(previousImages).length === 0 ? {} : { previousImages };
}

// What never completed its rollout, or failed, proves nothing of what it brought: what ran before that counts.
function imagesBefore({ current, verified }: Head): Images | undefined {
  if (current?.state === 'rolling-back') return verified.find(({ id }) => id === current.rollback?.to)?.images;
  return current?.state === 'baking' || current?.state === 'live' ? current.images : current?.previousImages;
}
