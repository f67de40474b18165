import type { ServicePolicy } from '../../../lib/domain/policy.ts';
import type { PushedImage } from '../images.ts';
import type { Observation } from '../observation.ts';
import { holdsUnless, type MakeJudge, type Truth } from './judge.ts';
import { digestsNamed, isOrdered, skewMs } from './running.ts';

type Ran = Extract<Observation, { kind: 'ran' }>;

/** Design, section 2: what deploys came through every gate. Cool-down, scan and platform; a person may order it past the first two. */
export const gatesHold: MakeJudge = (truth) => {
  const [read, unread] = [new Set<string>(), new Set<string>()];
  const asked = new Map<string, ServicePolicy>(); // By deployment: as it was when it came through. What was begun goes on to its end.
  return {
    rule: 'gates hold',
    watch: (seen) => {
      if (seen.kind === 'read-content') (seen.failed ? unread : read).add(`${seen.by.id} ${seen.digest}`);
      if (seen.kind === 'head') remember(asked, seen);
      if (seen.kind !== 'ran' || !seen.ran.changed || seen.ran.head?.current?.state === 'rolling-back') return undefined;
      const member = truth.fleet.members.get(seen.ran.service);
      const image = brought(truth, seen);
      const policy = asked.get(seen.ran.head?.current?.id ?? '') ?? seen.by.configuration.services[seen.ran.service];
      if (member === undefined || image === undefined || policy === undefined) return undefined;
      const ordered = isOrdered(seen.ran.head?.current);
      const content = `${seen.by.id} ${image.digest}`;
      const runsOn = member.arm ? 'arm64' : 'amd64';
      return holdsUnless([
        !ordered && youngBy(policy, image, truth.now()),
        !ordered && scanFault(truth, policy, image),
        image.architecture !== runsOn &&
          read.has(content) &&
          !unread.has(content) &&
          `${seen.ran.service} was given an image for ${image.architecture}`,
      ]);
    },
  };
};

function remember(
  asked: Map<string, ServicePolicy>,
  { by, before, after: { service, current } }: Extract<Observation, { kind: 'head' }>,
): void {
  const policy = by.configuration.services[service];
  if (policy !== undefined && current?.state === 'deploying' && current.id !== before?.current?.id) asked.set(current.id, policy);
}

/** The image that the deployment was begun for: of several it is the one whose push time the record has. */
function brought(truth: Truth, { ran }: Ran): PushedImage | undefined {
  const pushedMs = Date.parse(ran.head?.current?.pushedAt ?? '');
  const before = new Set(digestsNamed(truth, ran.before?.taskDefinition ?? ''));
  const found = digestsNamed(truth, ran.taskDefinition).flatMap((digest) => truth.images.byDigest.get(digest) ?? []);
  return found.find((image) => image.pushedAtMs === pushedMs && !before.has(image.digest));
}

function youngBy({ service, gates }: ServicePolicy, { digest, pushedAtMs }: PushedImage, nowMs: number): string | false {
  const youngMs = (gates?.ageMs ?? 0) - (nowMs - pushedAtMs);
  return youngMs > skewMs && `${service} was given ${digest} ${youngMs} ms too young`;
}

// A basic scan takes a minute at most, less than any service of the world waits for it.
function scanFault(
  { fleet }: Truth,
  { service, gates }: ServicePolicy,
  { repository, digest, findings = '' }: PushedImage,
): string | false {
  const scan = gates?.scan;
  if (scan === undefined) return false;
  if (!fleet.scanned.includes(repository)) return scan.otherwise === 'reject' && `${service} was given ${digest}, which nothing scans`;
  if (findings === 'FAILED') return scan.otherwise === 'reject' && `${service} was given ${digest}, whose scan failed`;
  const blocked = scan.block === 'critical' ? ['CRITICAL'] : ['CRITICAL', 'HIGH'];
  return blocked.some((severity) => findings.startsWith(severity)) && `${service} was given ${digest} with ${findings}`;
}
