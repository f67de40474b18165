import { childrenOf, contentOf, latestScan, type ImageFactsNeeds } from './image-facts.ts';
import { tell } from './tell.ts';
import { blockedFindings, countsText, rankOf } from '../decide/gates/findings.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head, Opened } from '../domain/head.ts';
import type { Digest, RepositoryName } from '../domain/image.ts';
import { plusMs, toInstant } from '../domain/instant.ts';
import type { Level } from '../domain/notification.ts';
import type { ScanPolicy } from '../domain/policy.ts';
import { describeExposed, exposedThread } from '../notifications/describe-exposed.ts';
import type { Exposures } from '../ports/exposures.ts';
import type { Heads } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Topic } from '../ports/topic.ts';

export interface TellExposedNeeds extends ImageFactsNeeds {
  exposures: Exposures;
  heads: Heads;
  topic: Topic;
}

/** A service that asks for scans of a repository. */
export interface Scanned {
  service: ServiceKey;
  scan: ScanPolicy;
  repository: RepositoryName;
}

/** One message a digest in this time, unless what is found gets worse. */
const quietMs = 24 * 60 * 60_000;
/** As long as a telling that broke off keeps others from it. */
const takenMs = 70_000;

/** Tells once which services run an image on which findings are open that they would not let in. */
export async function tellExposed(needs: TellExposedNeeds, digest: Digest, services: Scanned[], invocation: Invocation): Promise<void> {
  const exposed = await Promise.all(services.map((one) => exposedBy(needs, digest, one, invocation)));
  const found = exposed.filter((one) => one !== undefined);
  const [worst] = found.toSorted((a, b) => b.rank - a.rank);
  if (worst === undefined) return;
  const at = toInstant(invocation.now);
  const exposure = { digest, by: invocation.id, rank: worst.rank, until: plusMs(at, takenMs) };
  if (!(await needs.exposures.take(exposure, at))) return;
  const until = plusMs(at, quietMs);
  const names = [...new Set(found.map(({ service }) => service))];
  const level = worst.rank === rankOf('CRITICAL') ? 'critical' : 'warning';
  invocation.log('exposed', { digest, services: names, findings: worst.findings });
  await tell(
    needs.topic,
    describeExposed({ repository: worst.repository, digest, services: names, findings: worst.findings, level, until, at }),
  );
  for (const { head, running, findings } of found) await noteOpen(needs, head, { running, findings, digest, level }, invocation);
  await needs.exposures.told({ ...exposure, until });
}

async function exposedBy(
  needs: TellExposedNeeds,
  digest: Digest,
  { service, scan, repository }: Scanned,
  invocation: Invocation,
): Promise<{ service: ServiceKey; head: Head; running: Digest; repository: RepositoryName; rank: number; findings: string } | undefined> {
  const head = await needs.heads.read(service);
  if (head === undefined || !(await runs(needs, head, repository, digest, invocation))) return undefined;
  const blocked = blockedFindings(await latestScan(needs.scans, repository, digest, scan, invocation), scan, invocation.now);
  const [worst] = blocked;
  const running = head.current?.images[repository]?.digest ?? digest;
  return worst && { service, head, running, repository, rank: rankOf(worst[0]), findings: countsText(blocked) };
}

/** The next live deployment that runs another image says that it is over. A head that changed meanwhile goes without. */
async function noteOpen(
  { heads }: TellExposedNeeds,
  { service, version, open = [] }: Head,
  { running, findings, digest, level }: { running: Digest; findings: string; digest: Digest; level: Level },
  invocation: Invocation,
): Promise<void> {
  const thread = exposedThread(digest);
  const opened: Opened = { thread, level, what: `${findings} on what ran before`, digest: running };
  const others = open.filter((one) => one.thread !== thread);
  await heads
    .change(service, version, { open: [...others, opened] })
    .catch((error: unknown) => invocation.log('what is open could not be noted', { service, error: String(error) }));
}

// Of an index, which is what runs, the platform is what was scanned.
async function runs(
  needs: ImageFactsNeeds,
  { current }: Head,
  repository: RepositoryName,
  digest: Digest,
  invocation: Invocation,
): Promise<boolean> {
  const going = current !== undefined && current.state !== 'waiting' && current.state !== 'rolling-back';
  const image = going ? current.images[repository] : undefined;
  if (image === undefined) return false;
  if (image.digest === digest) return true;
  return childrenOf(await contentOf(needs, { repository, digest: image.digest }, invocation)).includes(digest);
}
