import { runningOf } from '../running.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { Images } from '../../domain/image.ts';

/**
 * What the service ran before a deployment that begins now, as far as that is on record. Not of the repository whose image the deployment brings: that
 * answers for itself, also where it ran there before. `taskDefinition`: the revision that the service ran.
 */
export function ranBefore(head: Head, brought = '', taskDefinition?: string): Pick<Deployment, 'previousImages'> {
  const { [brought]: _, ...previousImages } = imagesBefore(head, taskDefinition) ?? {};
  return Object.keys(previousImages).length === 0 ? {} : { previousImages };
}

// What never completed its rollout, or failed, proves nothing of what it brought: what ran before that counts.
function imagesBefore(head: Head, taskDefinition: string | undefined): Images | undefined {
  const { current } = head;
  const running = runningOf(head, taskDefinition);
  if (running !== current) return running?.images;
  return current?.state === 'baking' || current?.state === 'live' ? current.images : current?.previousImages;
}
