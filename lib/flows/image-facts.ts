import { blockedFindings, standing } from '../decide/gates/findings.ts';
import { meaningOf } from '../decide/gates/scan-status.ts';
import type { Candidate, Digest, RepositoryName } from '../domain/image.ts';
import type { ImageContent } from '../domain/platform.ts';
import type { ScanPolicy } from '../domain/policy.ts';
import type { ImageScan, ScanFacts } from '../domain/scan.ts';
import type { ImageContents } from '../ports/image-contents.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Scans } from '../ports/scans.ts';

export interface ImageFactsNeeds {
  contents: ImageContents;
  scans: Scans;
}

/** Platforms of an index that are asked about at most; no builder makes more. */
const childrenMost = 20;

/** What stands behind a digest. Where that cannot be read nothing is known of it, which bars no image. */
export async function contentOf(
  { contents }: Pick<ImageFactsNeeds, 'contents'>,
  { repository, digest }: Pick<Candidate, 'repository' | 'digest'>,
  invocation: Invocation,
): Promise<ImageContent> {
  try {
    return await contents.read(repository, digest);
  } catch (error) {
    invocation.log('the manifest could not be read', { repository, digest, error: String(error) });
    return { kind: 'image' };
  }
}

/** What the scan gate asks about: the scan of the image; of an index, which nothing scans itself, those of its platforms. */
export async function scanFacts(
  needs: ImageFactsNeeds,
  image: Pick<Candidate, 'repository' | 'digest'>,
  policy: ScanPolicy,
  invocation: Invocation,
): Promise<ScanFacts> {
  const { repository, digest } = image;
  const latest = (of: Digest): Promise<ImageScan> => latestScan(needs.scans, repository, of, policy, invocation);
  const content = contentOf(needs, image, invocation); // Read beside the scan: of a single image nobody waits for it.
  const own = await latest(digest);
  const children = meaningOf(own.status) === 'counts' ? [] : childrenOf(await content).slice(0, childrenMost);
  const scans = children.length === 0 ? [own] : await Promise.all(children.map(latest));
  return { scans, onPush: scans.every(({ status }) => status !== undefined) || (await needs.scans.onPush(repository)) };
}

/** The digests of the platforms that an index holds; none of a single image. */
export function childrenOf(content: ImageContent): Digest[] {
  return content.kind === 'index' ? content.children.map((child) => child.digest) : [];
}

/** The latest scan of an image. One by one the findings are read only where an allowed one may be among those that bar it. */
export async function latestScan(
  scans: Scans,
  repository: RepositoryName,
  digest: Digest,
  policy: ScanPolicy,
  { now }: Invocation,
): Promise<ImageScan> {
  const counted = await scans.latest(repository, digest, false);
  const mayBeAllowed = standing(policy.allow, now).length > 0 && blockedFindings(counted, policy, now).length > 0;
  return mayBeAllowed ? scans.latest(repository, digest, true) : counted;
}
