import { planCandidate, type CandidatePlan, type PlanCandidateNeeds, type PlannedService } from './plan-candidate.ts';
import { fewMax } from './read-repository.ts';
import { isKeptOut, isRunnerUp } from '../decide/runner-up.ts';
import { newestCandidates } from '../decide/tags/newest.ts';
import { imageRefusal } from '../decide/tags/refusal.ts';
import { see } from '../decide/transitions/seen.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { RegistryImage, RepositoryName } from '../domain/image.ts';
import type { ImagePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { MissingError } from '../errors.ts';
import type { Registry } from '../ports/registry.ts';

export type PlanRepositoryNeeds = PlanCandidateNeeds;

/** What the policy makes of one repository, and what would be done now. */
export interface RepositoryPlan {
  repository: RepositoryName;
  /** Why nothing could be read. */
  missing?: Reason;
  /** Whether the repository was read to its end. */
  complete: boolean;
  /** What the policy takes, the newest first by its order, at most as many as were asked for. */
  taken: (CandidatePlan & { tags: string[] })[];
  takenMore: number;
  /** What it does not take, the newest push first, and why. */
  refused: { image: RegistryImage; why: string }[];
  refusedMore: number;
  /** What reconciliation would do now: the candidate that it would offer; absent where the policy takes none. */
  now?: CandidatePlan;
}

/** Pages of a thousand images that are read at most. */
const pagesMost = 20;

/** Plans for one repository of a service. */
export async function planRepository(
  needs: PlanRepositoryNeeds,
  found: PlannedService,
  { repository, tags }: ImagePolicy,
  { limit, history }: { limit: number; history: Deployment[] },
): Promise<RepositoryPlan> {
  const listed = await imagesOf(needs.registry, { repository, tags }).catch(missing);
  if ('code' in listed) return { repository, missing: listed, complete: false, taken: [], takenMore: 0, refused: [], refusedMore: 0 };
  const { images, complete } = listed;
  const candidates = newestCandidates([], images, tags, 'reconciliation', images.length);
  const planned: CandidatePlan[] = [];
  for (const candidate of candidates.slice(0, Math.max(limit, fewMax))) planned.push(await planCandidate(needs, found, candidate));
  const refused = images
    .map((image) => ({ image, why: imageRefusal(image, tags) }))
    .filter((one): one is { image: RegistryImage; why: string } => one.why !== undefined)
    .toSorted((a, b) => (a.image.pushedAt < b.image.pushedAt ? 1 : -1));
  const now = offered(planned.slice(0, fewMax), found, history);
  const tagsOf = new Map(images.map((image) => [image.digest, image.tags]));
  return {
    repository,
    complete,
    taken: planned.slice(0, limit).map((plan) => ({ ...plan, tags: tagsOf.get(plan.candidate.digest) ?? [] })),
    takenMore: Math.max(0, candidates.length - limit),
    refused: refused.slice(0, limit),
    refusedMore: Math.max(0, refused.length - limit),
    ...(now === undefined ? {} : { now }),
  };
}

/** What would be offered: the newest, or, where it is kept out, the first after it that may come through. */
function offered([newest, ...others]: CandidatePlan[], { head, policy }: PlannedService, history: Deployment[]): CandidatePlan | undefined {
  if (newest === undefined) return undefined;
  const { candidate, decision } = newest;
  const after = decision.action === 'reject' ? { ...head, seen: see(head, candidate, 'rejected', decision.reason, policy) } : head;
  const runnersUp = isKeptOut(after, candidate) ? others.filter((one) => isRunnerUp(one.candidate, head, history, policy)) : [];
  return runnersUp.find((one) => one.decision.action !== 'reject') ?? newest;
}

async function imagesOf(registry: Registry, { repository, tags }: ImagePolicy): Promise<{ images: RegistryImage[]; complete: boolean }> {
  const images = new Map<string, RegistryImage>();
  let page: string | undefined;
  let read = 0;
  do {
    const answer = await registry.page(repository, page);
    for (const image of answer.images) images.set(image.digest, image);
    page = answer.next;
    read += 1;
  } while (page !== undefined && read < pagesMost);
  const named = tags.kind === 'tag' ? await registry.byTag(repository, tags.tag) : undefined; // It may stand on no page that was read.
  if (named !== undefined) images.set(named.digest, named);
  return { images: [...images.values()], complete: page === undefined };
}

function missing(error: unknown): Reason {
  if (!(error instanceof MissingError)) throw error;
  return { code: 'repository-missing', text: error.message };
}
