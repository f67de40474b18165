import type { Found, LedgerNeeds } from './context.ts';
import { commit } from './ledger.ts';
import { isAsked, unreadable, withOneWay } from '../decide/one-way.ts';
import { isUnderWatch } from '../decide/verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Digest } from '../domain/image.ts';
import { PermanentError } from '../errors.ts';
import type { ImageContents } from '../ports/image-contents.ts';
import type { Invocation } from '../ports/invocation.ts';

/** The digests of a deployment whose images say that there is no way back, or why one could not be asked; it never throws. */
export async function readOneWay(
  contents: ImageContents,
  { images }: Pick<Deployment, 'images'>,
  invocation: Invocation,
): Promise<Digest[] | Error> {
  try {
    const asked = await Promise.all(
      Object.entries(images).map(async ([repository, { digest }]) => ((await contents.isOneWay(repository, digest)) ? [digest] : [])),
    );
    return asked.flat();
  } catch (error) {
    invocation.log('whether there is a way back could not be read', { images, error: String(error) });
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What the images that a deployment brings say of where they come from. What cannot be read is left out; it never throws. */
export async function readLabels(
  contents: ImageContents,
  { images, previousImages = {} }: Pick<Deployment, 'images' | 'previousImages'>,
  invocation: Invocation,
): Promise<Pick<Deployment, 'labels'>> {
  const brought = Object.entries(images).filter(([repository, { digest }]) => previousImages[repository]?.digest !== digest);
  const read = await Promise.all(
    brought.map(async ([repository, { digest }]) => {
      const labels = await contents.labels(repository, digest).catch((error: unknown) => {
        invocation.log('labels could not be read', { repository, digest, error: String(error) });
        return {};
      });
      return [repository, labels] as const;
    }),
  );
  const said = read.filter(([, labels]) => Object.keys(labels).length > 0);
  return said.length === 0 ? {} : { labels: Object.fromEntries(said) };
}

/** Asks the images of a deployment that nobody asked yet: one of somebody else's, or one whose act broke off before its record. */
export async function learnOneWay(
  needs: LedgerNeeds & { contents: ImageContents },
  { head, policy, invocation }: Pick<Found, 'head' | 'policy' | 'invocation'>,
): Promise<void> {
  const { current } = head;
  if (current?.rolloutId === undefined || isAsked(current) || head.acting !== undefined) return;
  if (current.state !== 'deploying' && current.state !== 'baking' && current.state !== 'live') return;
  const [read, labels] = await Promise.all([
    readOneWay(needs.contents, current, invocation),
    readLabels(needs.contents, current, invocation),
  ]);
  if (read instanceof Error && mayAskAgain(current, read, invocation.now)) return;
  const known = { ...(read instanceof Error ? withOneWay(unreadable(current), []) : withOneWay(current, read)), ...labels };
  await commit(needs, head, { change: { current: known }, told: [], quiet: [known] }, policy, invocation);
}

// At the next look: until it is live, or its way back waits for it; then for as long as something may condemn it, but where it is refused for good.
function mayAskAgain(current: Deployment, error: Error, now: Date): boolean {
  if (current.state !== 'live' && current.oneWay?.awaited === undefined) return true;
  return isUnderWatch(current, now) && !(error instanceof PermanentError);
}
