import { offerNewest, type OfferNewestNeeds } from './offer-newest.ts';
import { followersOf, keyOf, readOn, readTags, type Follower } from './read-repository.ts';
import { tell } from './tell.ts';
import type { RepositoryName } from '../domain/image.ts';
import { isPast, plusMs, toInstant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import type { Configuration } from '../domain/policy.ts';
import { MissingError, PermanentError, RefusedError, TransientError } from '../errors.ts';
import { describeFoundRepository, describeMissingRepository } from '../notifications/describe-event.ts';
import type { Heads } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Registry } from '../ports/registry.ts';
import type { Repositories, RepositoryCursor } from '../ports/repositories.ts';

export interface ReconcileNeeds extends OfferNewestNeeds {
  configuration: Configuration;
  registry: Registry;
  repositories: Repositories;
  heads: Heads;
}

/** Why a repository is looked at: its turn has come, or its cursor says so. */
export type Occasion = 'turn' | 'due';

/** How long after a fault it is read again. */
const againMs = 60_000;

/** Reads on in one repository, at most `pages` pages, and offers what no event told. Answers how many pages it read. */
export async function reconcileRepository(
  needs: ReconcileNeeds,
  repository: RepositoryName,
  pages: number,
  occasion: Occasion,
  invocation: Invocation,
): Promise<number> {
  const cursor = await needs.repositories.read(repository);
  if (cursor === undefined || !(occasion === 'turn' || isDue(cursor, invocation.now))) return 0;
  const followers = followersOf(needs.configuration, repository);
  if (followers.length === 0) {
    await keep(needs, cursor, atRest(cursor));
    return 0;
  }
  try {
    const read = await readOn(needs.registry, cursor, followers, pages);
    const named = read.cursor.page === undefined ? await readTags(needs.registry, followers) : undefined;
    if (named !== undefined) await offerFound(needs, { ...read.cursor.found, ...named }, followers, invocation);
    const next = named === undefined ? { ...read.cursor, dueAt: toInstant(invocation.now) } : atRest(read.cursor);
    const silent =
      cursor.missing === true && !(await isTold(needs, describeFoundRepository({ repository, at: toInstant(invocation.now) })));
    await keep(needs, cursor, { ...next, ...(silent ? { missing: true } : {}) }); // After the heads have it: a crash reads again and skips nothing.
    return read.pages + Object.keys(named ?? {}).length;
  } catch (error) {
    await setBack(needs, cursor, error, invocation);
    return 1;
  }
}

/** Makes a repository due whose turn found no pages or no time left. */
export async function catchUp({ repositories }: ReconcileNeeds, repository: RepositoryName, { now }: Invocation): Promise<void> {
  const cursor = await repositories.read(repository);
  if (cursor !== undefined && cursor.dueAt === undefined) await repositories.write({ ...cursor, dueAt: toInstant(now) });
}

function isDue({ dueAt }: RepositoryCursor, now: Date): boolean {
  return dueAt !== undefined && isPast(dueAt, now);
}

/** Nothing is begun and nothing is due: the repository's next turn comes by itself. */
function atRest({ repository, version, missing }: RepositoryCursor): RepositoryCursor {
  return { repository, version, found: {}, ...(missing === undefined ? {} : { missing }) };
}

// A look that found nothing new costs no write: it began at rest, and rests again.
async function keep({ repositories }: ReconcileNeeds, before: RepositoryCursor, next: RepositoryCursor): Promise<void> {
  if (!rests(before) || !rests(next) || before.missing !== next.missing) await repositories.write(next);
}

function rests({ page, dueAt }: RepositoryCursor): boolean {
  return page === undefined && dueAt === undefined;
}

/** Offers to each follower what was found for it. One that fails stops no other; where trying again may help, the listing begins anew. */
async function offerFound(
  needs: ReconcileNeeds,
  found: RepositoryCursor['found'],
  followers: Follower[],
  invocation: Invocation,
): Promise<void> {
  const failed: unknown[] = [];
  for (const { policy, image } of followers) {
    const candidates = found[keyOf(image.tags)] ?? []; // An empty listing is "unknown", never "nothing".
    await offerNewest(needs, candidates, policy, invocation).catch((error: unknown) => {
      invocation.log('failed for a service', { service: policy.service, repository: image.repository, error: String(error) });
      failed.push(error);
    });
  }
  const again = failed.find((error) => error instanceof TransientError);
  if (again !== undefined) throw again;
}

// What is refused is so each time, and asked again at the next turn; what may pass, before long, as does a listing that would not go on.
async function setBack(needs: ReconcileNeeds, cursor: RepositoryCursor, error: unknown, invocation: Invocation): Promise<void> {
  invocation.log('reconciliation failed', { repository: cursor.repository, error: String(error) });
  const unreadable = error instanceof MissingError || isDenied(error);
  const told = unreadable && (cursor.missing === true || (await tellUnreadable(needs, cursor, error, invocation)));
  const next = { ...atRest(cursor), ...(told ? { missing: true } : {}) };
  const refused = unreadable || (error instanceof PermanentError && cursor.page === undefined);
  await keep(needs, cursor, refused ? next : { ...next, dueAt: plusMs(invocation.now, againMs) });
}

function tellUnreadable(needs: ReconcileNeeds, { repository }: RepositoryCursor, error: unknown, { now }: Invocation): Promise<boolean> {
  return isTold(needs, describeMissingRepository({ repository, denied: isDenied(error), at: toInstant(now) }));
}

// A message that the topic refuses is told when the repository is asked next.
function isTold({ topic }: ReconcileNeeds, notification: Notification): Promise<boolean> {
  return tell(topic, notification).then(
    () => true,
    () => false,
  );
}

function isDenied(error: unknown): boolean {
  return error instanceof RefusedError && error.code === 'AccessDeniedException';
}
