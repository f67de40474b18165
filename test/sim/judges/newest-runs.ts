import type { Head } from '../../../lib/domain/head.ts';
import { takes, type Member } from '../fleet.ts';
import type { PushedImage } from '../images.ts';
import { holds, type MakeJudge, type Truth } from './judge.ts';
import { imageOf, primaryOf } from './running.ts';

/** Rule 2: each service ends on the newest image that its policy takes, unless something on record bars it. */
export const newestRuns: MakeJudge = (truth) => ({
  rule: 'the newest runs',
  settle: (service) => {
    const member = truth.fleet.members.get(service);
    const head = truth.table.heads.get(service);
    const wanted = member && newestOf(truth, member);
    if (head === undefined || wanted === undefined) return undefined;
    const running = imageOf(truth, primaryOf(truth, service));
    return holds(
      running?.digest === wanted.digest || excuse(truth, head, wanted) !== undefined,
      () =>
        `${service} runs ${running?.digest}, the newest is ${wanted.digest} (${wanted.kind.run}), and nothing says why: ${JSON.stringify(head.seen)}`,
    );
  },
});

function newestOf(truth: Truth, member: Member): PushedImage | undefined {
  const there = [...truth.images.byDigest.values()].filter(
    (image) => image.repository === member.repository && truth.images.isThere(image.digest),
  );
  const accepted = there.filter((image) => truth.images.tagsOf(image).some((tag) => takes(member, tag)));
  return accepted.toSorted((a, b) => a.pushedAtMs - b.pushedAtMs).at(-1);
}

/** What may keep the newest from running; each stands in the head, or in the record of what it was deployed as. */
function excuse(truth: Truth, head: Head, { digest, repository, pushedAtMs }: PushedImage): string | undefined {
  const seen = head.seen[repository];
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
  if (superseded !== undefined) return 'somebody else deployed over it';
  return pushedAtMs <= Date.parse(head.enrolledAt) && seen === undefined ? 'before enrolment' : undefined;
}
