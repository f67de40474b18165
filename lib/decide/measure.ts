import { compareByPolicy, type Placed } from './tags/compare.ts';
import { newestPush } from './tags/newest-push.ts';
import { orderOf } from './tags/order-of.ts';
import { tagKey } from './tags/tag-key.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { RepositoryName } from '../domain/image.ts';
import type { TagPolicy } from '../domain/policy.ts';

/**
 * What a candidate has to come after in the policy's order: the newest of what runs, what is verified and what waits, as far as the policy
 * takes its tag. Where it takes none of them (another policy, a digest without a tag), what was decided last; else nothing bars a candidate.
 */
export function measureOf(head: Head, repository: RepositoryName, tags: TagPolicy): Placed | undefined {
  const taken = (places: (Placed | undefined)[]): Placed[] =>
    places.filter((one) => one !== undefined && tagKey(tags, one.tag) !== undefined) as Placed[];
  const { current, verified, waiting } = head;
  const going = current?.state === 'rolling-back' ? [verified[0]] : [current, verified[0]];
  const deployed = going.map((deployment) => deployedBy(deployment, repository, tags));
  const inFlight = [...deployed, ...(waiting[repository] ?? []).map(({ candidate }) => candidate)];
  const measures = taken([...inFlight, alsoNamed(head, repository, going)]);
  return newest(measures.length > 0 ? measures : taken([lastDecided(head, repository)]), tags);
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

// What was refused bars nothing that is older than it.
function lastDecided({ seen, barred }: Head, repository: RepositoryName): Placed | undefined {
  const decided = seen[repository];
  return decided === undefined || decided.outcome === 'rejected' || decided.digest in barred ? undefined : decided;
}

function newest(places: Placed[], tags: TagPolicy): Placed | undefined {
  return places.toSorted((a, b) => compareByPolicy(tags, a, b)).at(-1);
}
