import { childrenOf, contentOf, type ImageFactsNeeds } from './image-facts.ts';
import { homelessImage, imagesOf } from '../decide/containers.ts';
import { platformMismatch } from '../decide/gates/platform.ts';
import { imagesInFlight } from '../decide/transitions/candidates.ts';
import { ranBefore } from '../decide/transitions/ran-before.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate, Digest, Images } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
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

/** What a deployment runs, and what the service ran before it: that runs there, whatever its manifest says. */
type Running = Pick<Deployment, 'images' | 'previousImages'>;

/** Whether what stands behind the images may run as the revision says: built for its platform, and no child of an index in quarantine. */
export async function behindImages(
  needs: ImageBarrierNeeds,
  { images, previousImages = {} }: Running,
  { platform }: Pick<TaskDefinition, 'platform'>,
  invocation: Invocation,
): Promise<BehindImage> {
  const behind = await Promise.all(
    Object.entries(images).map(async ([repository, { digest }]): Promise<BehindImage> => {
      const image = { repository, digest };
      const content = await contentOf(needs, image, invocation);
      if (previousImages[repository]?.digest === digest) return noted(await childBarrier(needs, childrenOf(content)));
      const barrier = platformMismatch(content, platform) ?? (await childBarrier(needs, childrenOf(content)));
      if (barrier !== undefined) return { barrier, notes: [] };
      const unread = platform !== undefined && content.kind === 'image' && content.platform === undefined;
      return { notes: unread ? [`what ${image.repository} is built for could not be read, so it was not asked`] : [] };
    }),
  );
  const barrier = behind.find((one) => one.barrier !== undefined)?.barrier;
  return { ...(barrier === undefined ? {} : { barrier }), notes: behind.flatMap(({ notes }) => notes) };
}

function noted(barrier: Reason | undefined): BehindImage {
  return { ...(barrier === undefined ? {} : { barrier }), notes: [] };
}

/**
 * Why a candidate cannot run on the service: no container takes it, or what stands behind it or behind what it would carry on of other repositories may
 * not; undefined where it may. Whether the candidate itself is in quarantine is for the gates to say.
 */
export async function imageBarrier(
  needs: ImageBarrierNeeds,
  candidate: Candidate,
  { head, policy }: { head: Head; policy: ServicePolicy },
  base: TaskDefinition,
  invocation: Invocation,
): Promise<Reason | undefined> {
  const homeless = homelessImage(
    base,
    policy.images.filter(({ repository }) => repository === candidate.repository),
  );
  if (homeless !== undefined) return homeless;
  const { [candidate.repository]: _, ...carried } = { ...imagesOf(base, policy, {}), ...imagesInFlight(head, policy) };
  const images = { ...carried, [candidate.repository]: candidate };
  const [{ barrier }, barred] = await Promise.all([
    behindImages(needs, { images, ...ranBefore(head, candidate.repository) }, base, invocation),
    carriedBarrier(needs, carried),
  ]);
  return barrier ?? barred;
}

/** Why what is carried on of other repositories may not run: it is in quarantine. */
async function carriedBarrier({ quarantine }: ImageBarrierNeeds, carried: Images): Promise<Reason | undefined> {
  const digests = Object.values(carried).map(({ digest }) => digest);
  const [barred] = digests.length === 0 ? [] : await quarantine.barring(digests);
  return barred && carriesQuarantined(carried, barred);
}

/** That an image which a deployment would carry on is in quarantine. */
export function carriesQuarantined(carried: Images, { digest, reason }: Pick<QuarantineEntry, 'digest' | 'reason'>): Reason {
  const [repository] = Object.entries(carried).find(([, image]) => image.digest === digest) ?? [];
  return { code: 'carries-quarantined', text: `it would run with an image of ${repository} that is in quarantine: ${reason.text}` };
}

async function childBarrier({ quarantine }: ImageBarrierNeeds, children: Digest[]): Promise<Reason | undefined> {
  const [barred] = children.length === 0 ? [] : await quarantine.barring(children);
  if (barred === undefined) return undefined;
  return { code: 'quarantined', text: `the image holds one that is in quarantine: ${barred.reason.text}` };
}
