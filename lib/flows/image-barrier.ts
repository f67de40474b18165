import { childrenOf, contentOf, type ImageFactsNeeds } from './image-facts.ts';
import { homelessImage } from '../decide/containers.ts';
import { platformMismatch } from '../decide/gates/platform.ts';
import type { Candidate, Digest, RepositoryName } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { TaskDefinition } from '../domain/task-definition.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { QuarantineReader } from '../ports/quarantine.ts';

export interface ImageBarrierNeeds extends Pick<ImageFactsNeeds, 'contents'> {
  quarantine: QuarantineReader;
}

/** What stands behind an image: why it cannot run on the service, or what people are to know where it may. */
export interface BehindImage {
  barrier?: Reason;
  notes: string[];
}

/** Whether what stands behind the images may run as the revision says: built for its platform, and no child of an index in quarantine. */
export async function behindImages(
  needs: ImageBarrierNeeds,
  images: { repository: RepositoryName; digest: Digest }[],
  { platform }: Pick<TaskDefinition, 'platform'>,
  invocation: Invocation,
): Promise<BehindImage> {
  const behind = await Promise.all(
    images.map(async (image): Promise<BehindImage> => {
      const content = await contentOf(needs, image, invocation);
      const barrier = platformMismatch(content, platform) ?? (await childBarrier(needs, childrenOf(content)));
      if (barrier !== undefined) return { barrier, notes: [] };
      const unread = platform !== undefined && content.kind === 'image' && content.platform === undefined;
      return { notes: unread ? [`what ${image.repository} is built for could not be read, so it was not asked`] : [] };
    }),
  );
  const barrier = behind.find((one) => one.barrier !== undefined)?.barrier;
  return { ...(barrier === undefined ? {} : { barrier }), notes: behind.flatMap(({ notes }) => notes) };
}

/** Why a candidate cannot run on the service: no container takes it, or what stands behind it may not; undefined where it may. */
export async function imageBarrier(
  needs: ImageBarrierNeeds,
  candidate: Candidate,
  policy: ServicePolicy,
  base: TaskDefinition,
  invocation: Invocation,
): Promise<Reason | undefined> {
  const images = policy.images.filter(({ repository }) => repository === candidate.repository);
  return homelessImage(base, images) ?? (await behindImages(needs, [candidate], base, invocation)).barrier;
}

async function childBarrier({ quarantine }: ImageBarrierNeeds, children: Digest[]): Promise<Reason | undefined> {
  const [barred] = children.length === 0 ? [] : await quarantine.barring(children);
  if (barred === undefined) return undefined;
  return { code: 'quarantined', text: `the image holds one that is in quarantine: ${barred.reason.text}` };
}
