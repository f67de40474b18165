import type { Head } from '../../../lib/domain/head.ts';
import type { ImagePolicy } from '../../../lib/domain/policy.ts';
import type { PushedImage } from '../images.ts';
import { comparePlaces } from '../tag-order.ts';
import { holds, type MakeJudge, type Truth } from './judge.ts';
import { imageOf, placeOf, primaryOf } from './running.ts';

/** Rule 2: each service ends on the newest image that its policy takes, unless something on record bars it. */
export const newestRuns: MakeJudge = (truth) => ({
  rule: 'the newest runs',
  settle: (service) => {
    const member = truth.fleet.members.get(service);
    const head = truth.table.heads.get(service);
    if (head === undefined || member?.policy.managed !== true) return undefined;
    const primary = primaryOf(truth, service);
    const wanted = member.policy.images.flatMap((image) => newestOf(truth, image) ?? []);
    if (wanted.length === 0) return undefined;
    const missing = wanted.find(
      (image) => imageOf(truth, member, image, primary)?.digest !== image.digest && excuse(truth, head, image) === undefined,
    );
    return holds(
      missing === undefined,
      () =>
        `${service} does not run ${missing?.digest}, the newest (${missing?.kind.run}), and nothing says why: ${JSON.stringify(head.seen)}`,
    );
  },
});

function newestOf(truth: Truth, policy: ImagePolicy): PushedImage | undefined {
  const there = [...truth.images.byDigest.values()].filter(
    (image) => image.repository === policy.repository && truth.images.isThere(image.digest),
  );
  const placed = there.flatMap((image) => {
    const place = placeOf(truth, policy, image);
    return place === undefined ? [] : [{ image, place }];
  });
  return placed.toSorted((a, b) => comparePlaces(a.place, b.place)).at(-1)?.image;
}

/** What may keep the newest from running; each stands in the head, or in the record of what it was deployed as. */
function excuse(truth: Truth, head: Head, { digest, repository, pushedAtMs }: PushedImage): string | undefined {
  const seen = head.seen[repository];
  if (head.hold !== undefined) return 'on hold';
  if (seen?.digest === digest && seen.outcome === 'cancelled') return seen.outcome;
  if (truth.table.quarantine.has(digest) || head.barred[digest] !== undefined) return 'barred';
  if (seen?.digest === digest && (seen.outcome === 'rejected' || seen.outcome === 'baseline')) return seen.outcome;
  if (head.current?.origin === 'external' && seen?.digest === digest) return 'somebody else deployed after it was decided';
  const records = [...(truth.table.deployments.get(head.service)?.values() ?? [])].map(({ deployment }) => deployment);
  const own = records.filter(({ images }) => images[repository]?.digest === digest);
  const ended = own.find(({ state }) => state === 'rolled-back' || state === 'failed' || state === 'rejected');
  if (ended !== undefined) return ended.state;
  const superseded = own.find(
    ({ state, reason }) => (state === 'superseded' || state === 'replaced') && reason.code === 'replaced-outside',
  );
  const decided = own
    .map(({ createdAt }) => createdAt)
    .toSorted()
    .at(-1);
  const over = records.some(({ origin, createdAt }) => origin === 'external' && decided !== undefined && createdAt > decided);
  if (superseded !== undefined || over) return 'somebody else deployed over it';
  return pushedAtMs <= Date.parse(head.enrolledAt) && seen === undefined ? 'before enrolment' : undefined;
}
