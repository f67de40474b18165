import { newestCandidate, newestCandidates } from '../decide/tags/newest.ts';
import type { RepositoryName } from '../domain/image.ts';
import type { Configuration, ImagePolicy, ServicePolicy, TagPolicy } from '../domain/policy.ts';
import type { Registry } from '../ports/registry.ts';
import type { RepositoryCursor } from '../ports/repositories.ts';

/** A service that takes images of the repository. */
export interface Follower {
  policy: ServicePolicy;
  image: ImagePolicy;
}

/** How many candidates of a rule are kept: the newest, and those that may come through where it is kept out. */
export const fewMax = 5;

/** Reads on in the listing, at most `pages` pages, and keeps of each rule the newest few found. */
export async function readOn(
  registry: Registry,
  cursor: RepositoryCursor,
  followers: Follower[],
  pages: number,
): Promise<{ cursor: RepositoryCursor; pages: number }> {
  const found = cursor.page === undefined ? {} : { ...cursor.found };
  const listed = followers.map(({ image: { tags } }) => tags).filter(({ kind }) => kind !== 'tag'); // What one tag names is asked by the tag.
  const { page, read } = await readPages(registry, cursor, new Map(listed.map((tags) => [keyOf(tags), tags])), found, pages);
  const { page: _, missing: __, ...rest } = cursor;
  return { cursor: { ...rest, found, ...(page === undefined ? {} : { page }) }, pages: read };
}

async function readPages(
  registry: Registry,
  cursor: RepositoryCursor,
  globs: Map<string, TagPolicy>,
  found: RepositoryCursor['found'],
  pages: number,
): Promise<{ page: string | undefined; read: number }> {
  let page = cursor.page;
  let read = 0;
  if (globs.size === 0) return { page: undefined, read };
  do {
    const answer = await registry.page(cursor.repository, page);
    read += 1;
    for (const [key, tags] of globs) found[key] = newestCandidates(found[key] ?? [], answer.images, tags, 'reconciliation', fewMax);
    page = answer.next;
  } while (page !== undefined && read < pages);
  return { page, read };
}

/** What each single tag names: asked by the tag when the listing is over, for of its beginning it would be old. */
export async function readTags(registry: Registry, followers: Follower[]): Promise<RepositoryCursor['found']> {
  const named: RepositoryCursor['found'] = {};
  for (const { repository, tags } of followers.map(({ image }) => image)) {
    if (tags.kind !== 'tag' || named[keyOf(tags)] !== undefined) continue;
    const image = await registry.byTag(repository, tags.tag);
    const candidate = image && newestCandidate([image], tags, 'reconciliation');
    if (candidate !== undefined) named[keyOf(tags)] = [candidate];
  }
  return named;
}

/** The managed services that take images of a repository. */
export function followersOf({ services }: Configuration, repository: RepositoryName): Follower[] {
  return Object.values(services)
    .filter(({ managed }) => managed)
    .flatMap((policy) => policy.images.filter((image) => image.repository === repository).map((image) => ({ policy, image })));
}

/** Under which a rule's newest candidate is kept in the cursor. */
export function keyOf(tags: TagPolicy): string {
  if (tags.kind === 'rule') return `rule:${JSON.stringify([tags.match, tags.except, tags.order])}`;
  return tags.kind === 'tag' ? `tag:${tags.tag}` : `glob:${tags.glob}`;
}
