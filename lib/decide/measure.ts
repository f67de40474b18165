import { runningOf } from './running.ts';
import { compareByPolicy, isNewer, type Placed } from './tags/compare.ts';
import { newestPush } from './tags/newest-push.ts';
import { orderOf } from './tags/order-of.ts';
import { tagKey } from './tags/tag-key.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate, Digest, RepositoryName } from '../domain/image.ts';
import type { TagPolicy } from '../domain/policy.ts';

/** How many candidates of a repository wait at most: the first to come through, and the newest. */
export const placesMax = 2;

/** What a service was found to run. */
export interface FoundRunning {
  /** The revision, where it was asked. */
  taskDefinition?: string | undefined;
  /** Its image as the registry names it now: under another policy, or a tag that it was given since, only the registry knows its place. */
  named?: Placed | undefined;
}

/**
 * What bars a candidate because it is not newer: the newest of what runs and what is verified, as far as the policy takes its tag. Where it
 * takes none of them (another policy, a digest without a tag), what was decided last. What waits bars only where it has both places.
 */
export function newerThan(candidate: Candidate, head: Head, tags: TagPolicy, found: FoundRunning = {}): Placed | undefined {
  const taken = (places: (Placed | undefined)[]): Placed[] =>
    places.filter((one): one is Placed => one !== undefined && tagKey(tags, one.tag) !== undefined);
  const { repository } = candidate;
  const going = [...(runningOf(head, found.taskDefinition) === head.current ? [head.current] : []), head.verified[0]];
  const recorded = going.map((deployment) => deployedBy(deployment, repository, tags));
  const running = taken([...recorded, alsoNamed(head, repository, going), found.named]);
  const measures = running.length > 0 ? running : taken([lastDecided(head, repository)]);
  const barring = [...measures, ...taken(fullPlaces(head, candidate))].filter((one) => !isNewer(tags, candidate, one));
  return barring.toSorted((a, b) => compareByPolicy(tags, a, b)).at(-1);
}

/** What a person let go of bars whatever is not newer: a late event must not bring the older of two that were cancelled together. */
export function cancelledBefore(candidate: Candidate, { seen }: Head, tags: TagPolicy): Placed | undefined {
  const decided = seen[candidate.repository];
  if (decided?.outcome !== 'cancelled' || tagKey(tags, decided.tag) === undefined) return undefined;
  return isNewer(tags, candidate, decided) ? undefined : decided;
}

/**
 * The digest that runs, where its place is not to be known from the record alone: the tags of an image change, and so does what a policy takes. `unknown`:
 * the record does not tell what runs either, since ECS went back to what was never verified.
 */
export function toBeNamed({ digest, repository }: Candidate, head: Head, tags: TagPolicy, taskDefinition?: string): Digest | undefined {
  const running = runningOf(head, taskDefinition);
  if (tags.kind === 'tag') return undefined;
  if (running === undefined) return 'unknown';
  const image = running.images[repository];
  if (image === undefined || image.digest === digest) return undefined;
  const known = orderOf(tags) === newestPush && image.tag !== undefined && tagKey(tags, image.tag) !== undefined;
  return known ? undefined : image.digest;
}

// When it was pushed may be unknown; then it was before the deployment. That breaks ties of the tags; as an order of its own it would be a guess.
function deployedBy(deployment: Deployment | undefined, repository: RepositoryName, tags: TagPolicy): Placed | undefined {
  const image = deployment?.images[repository];
  const pushedAt = image?.pushedAt ?? (orderOf(tags) === newestPush ? undefined : deployment?.createdAt);
  if (image?.tag === undefined || pushedAt === undefined) return undefined;
  return { digest: image.digest, tag: image.tag, pushedAt };
}

// A digest that runs may have been given a newer tag since, of which `seen` tells.
function alsoNamed({ seen }: Head, repository: RepositoryName, going: (Deployment | undefined)[]): Placed | undefined {
  const decided = seen[repository];
  return going.some((deployment) => deployment?.images[repository]?.digest === decided?.digest) ? decided : undefined;
}

// What was refused bars nothing that is older than it, nor does what is yet to come through.
function lastDecided({ seen, barred }: Head, repository: RepositoryName): Placed | undefined {
  const decided = seen[repository];
  const came = decided?.outcome === 'deployed' || decided?.outcome === 'baseline';
  return came && !(decided.digest in barred) ? decided : undefined;
}

// One that waits itself has its place, and is asked by the gates alone what becomes of it.
function fullPlaces({ waiting }: Head, { repository, digest }: Candidate): Candidate[] {
  const places = (waiting[repository] ?? []).map(({ candidate }) => candidate);
  return places.length < placesMax || places.some((one) => one.digest === digest) ? [] : places;
}
