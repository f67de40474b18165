import { childrenOf, contentOf, type ImageFactsNeeds } from './image-facts.ts';
import type { Found } from './context.ts';
import { homelessImage, imagesOf } from '../decide/containers.ts';
import { platformMismatch } from '../decide/gates/platform.ts';
import { imagesInFlight } from '../decide/transitions/candidates.ts';
import { ranBefore } from '../decide/transitions/ran-before.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate, Digest, Images } from '../domain/image.ts';
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
  { head, policy, service }: Pick<Found, 'head' | 'policy' | 'service'>,
  base: TaskDefinition,
  invocation: Invocation,
): Promise<Reason | undefined> {
  const homeless = homelessImage(
    base,
    policy.images.filter(({ repository }) => repository === candidate.repository),
  );
  if (homeless !== undefined) return homeless;
  const { [candidate.repository]: _, ...carried } = {
    ...imagesOf(base, policy, {}),
    ...imagesInFlight(head, policy, service.taskDefinition),
  };
  const before = ranBefore(head, candidate.repository, service.taskDefinition);
  const [{ barrier }, barred] = await Promise.all([
    behindImages(needs, { images: { ...carried, [candidate.repository]: candidate }, ...before }, base, invocation),
    carriedBarrier(needs, head, carried, before),
  ]);
  return barrier ?? barred;
}

/** Why what is carried on of other repositories may not run: it is in quarantine, or barred on this service. */
async function carriedBarrier(
  { quarantine }: ImageBarrierNeeds,
  head: Head,
  carried: Images,
  before: Pick<Deployment, 'previousImages'>,
): Promise<Reason | undefined> {
  const here = carriesBarred(head, carried, before);
  if (here !== undefined) return here;
  const digests = Object.values(carried).map(({ digest }) => digest);
  const [barred] = digests.length === 0 ? [] : await quarantine.barring(digests);
  return barred && carriesQuarantined(carried, barred);
}

/** That an image which a deployment would carry on is in quarantine. */
export function carriesQuarantined(carried: Images, { digest, reason }: Pick<QuarantineEntry, 'digest' | 'reason'>): Reason {
  const [repository] = Object.entries(carried).find(([, image]) => image.digest === digest) ?? [];
  return { code: 'carries-quarantined', text: `it would run with an image of ${repository} that is in quarantine: ${reason.text}` };
}

/**
 * That an image which a deployment would carry on was rolled back on this service, as that of the newest revision of a family may have been; undefined where
 * none was. What the service ran before all the same is brought back by nobody.
 */
export function carriesBarred(
  { barred }: Head,
  carried: Images,
  { previousImages = {} }: Pick<Deployment, 'previousImages'>,
): Reason | undefined {
  const found = Object.entries(carried).find(([name, { digest }]) => digest in barred && previousImages[name]?.digest !== digest);
  if (found === undefined) return undefined;
  const [repository, { digest }] = found;
  return {
    code: 'carries-quarantined',
    text: `it would run with an image of ${repository} that was rolled back on this service: ${barred[digest]?.text}`,
  };
}

async function childBarrier({ quarantine }: ImageBarrierNeeds, children: Digest[]): Promise<Reason | undefined> {
  const [barred] = children.length === 0 ? [] : await quarantine.barring(children);
  if (barred === undefined) return undefined;
  return { code: 'quarantined', text: `the image holds one that is in quarantine: ${barred.reason.text}` };
}
