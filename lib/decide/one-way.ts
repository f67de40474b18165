import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Digest } from '../domain/image.ts';
import { msBetween, toInstant } from '../domain/instant.ts';
import type { Reason } from '../domain/reason.ts';

/**
 * Why a service must not go back to a target by itself: an image that would be left, or one between the two that was live or never verified,
 * says `autopilot.rollback=never`. An image that the target runs too is not left.
 */
export function oneWayBarrier({ verified }: Head, current: Deployment, target: Deployment): Pick<Reason, 'text'> | undefined {
  const newer = verified.slice(
    0,
    Math.max(
      0,
      verified.findIndex(({ id }) => id === target.id),
    ),
  );
  const kept = digestsOf(target);
  const left = [current, ...newer].flatMap(({ oneWay }) => oneWay?.digests ?? []).find((digest) => !kept.includes(digest));
  if (left === undefined) return undefined;
  const own = Object.entries(current.images).find(([, { digest }]) => digest === left);
  return {
    text: `${own === undefined ? `an image deployed before it, ${left.slice(0, 19)},` : `its image of ${own[0]}`} says autopilot.rollback=never`,
  };
}

/** What a deployment takes over from the one that it begins on: what that one did stays done, though it was never verified. */
export function takenOver(current: Deployment | undefined): Pick<Deployment, 'oneWay'> {
  const digests = current?.oneWay?.digests ?? [];
  const unproven = current?.state === 'deploying' || current?.state === 'baking' || current?.state === 'failed';
  return unproven && digests.length > 0 ? { oneWay: { digests } } : {};
}

/** Whether each of its images was asked if there is a way back. What a tag named is known only when it is verified, and then asked as well. */
export function isAsked(current: Deployment): boolean {
  return digestsOf(current).every((digest) => current.oneWay?.asked?.includes(digest));
}

const awaitedMs = 120_000;

/** Whether its way back waits for what its images say: two looks of the tick, no longer, for meanwhile tasks fail. */
export function mayAwait(current: Deployment, now: Date): boolean {
  if (current.rolloutId === undefined || isAsked(current)) return false; // Without a rollout on record nobody asks.
  const { awaited } = current.oneWay ?? {};
  return awaited === undefined || msBetween(awaited, now) < awaitedMs;
}

/** The deployment whose way back waits for what its images say, from now on or since it began to. */
export function awaiting(current: Deployment, now: Date): Deployment {
  return { ...current, oneWay: { awaited: toInstant(now), digests: [], ...current.oneWay } };
}

/** The deployment once its images were asked: which of them say that there is no way back. */
export function withOneWay(current: Deployment, own: Digest[]): Deployment {
  const digests = [...new Set([...(current.oneWay?.digests ?? []), ...own])];
  const said = Object.entries(current.images).filter(([, { digest }]) => own.includes(digest));
  const notes = said.map(([repository]) => `the image of ${repository} says autopilot.rollback=never: it is not rolled back by itself`);
  return {
    ...current,
    oneWay: { digests, asked: digestsOf(current) },
    ...(notes.length === 0 ? {} : { notes: [...new Set([...(current.notes ?? []), ...notes])] }),
  };
}

/** The deployment, with a note for people where its images could not be asked: it counts as one that may be left. Why is in the log. */
export function unreadable(current: Deployment): Deployment {
  if (current.rolloutId === undefined || isAsked(current)) return current;
  const note = 'whether an image of it says autopilot.rollback=never could not be read: it counts as one that does not';
  return { ...current, notes: [...new Set([...(current.notes ?? []), note])] };
}

function digestsOf({ images }: Deployment): Digest[] {
  return Object.values(images).map(({ digest }) => digest);
}
