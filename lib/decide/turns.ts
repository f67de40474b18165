import type { RepositoryName } from '../domain/image.ts';
import { toMs, type Instant } from '../domain/instant.ts';
import type { Configuration, TagPolicy } from '../domain/policy.ts';

const minuteMs = 60_000;
/** A small fleet is read this often: a tick that did not come then delays nothing past a quarter of an hour. */
const shortestRound = 7;
/** The share of a minute's pages that turns take: what is left is for listings of many pages, and for what failed. */
const turnsShare = 0.75;

/** The repositories of the managed services, by name. */
export function repositoriesOf(configuration: Configuration): RepositoryName[] {
  return [...costs(configuration).keys()].toSorted();
}

/**
 * The repositories that are looked at in a minute. It follows from the minute and the configuration alone: whoever found nothing new has nothing
 * to write down. All have their turn once in a round, which is as long as their pages need.
 */
export function turnsAt(configuration: Configuration, at: Instant | Date): RepositoryName[] {
  const cost = costs(configuration);
  const total = [...cost.values()].reduce((sum, pages) => sum + pages, 0);
  const round = Math.max(shortestRound, Math.ceil(total / (configuration.reconcile.perMinute * turnsShare)));
  const minute = Math.floor(toMs(at) / minuteMs) % round;
  let before = 0;
  return [...cost.keys()].toSorted().filter((repository) => {
    const turn = Math.floor((before * round) / total);
    before += cost.get(repository) ?? 0;
    return turn === minute;
  });
}

// What a look costs at least: a page of the listing, if anything is listed, and a question for each tag that is followed by itself.
function costs({ services }: Configuration): Map<RepositoryName, number> {
  const asked = new Map<RepositoryName, Set<string>>();
  const images = Object.values(services).flatMap((policy) => (policy.managed ? policy.images : []));
  for (const { repository, tags } of images) asked.set(repository, (asked.get(repository) ?? new Set()).add(questionOf(tags)));
  return new Map([...asked].map(([repository, questions]) => [repository, questions.size]));
}

function questionOf(tags: TagPolicy): string {
  return tags.kind === 'tag' ? `tag ${tags.tag}` : 'a page of the listing';
}
