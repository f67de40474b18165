import { holds, type MakeJudge, type Truth } from './judge.ts';
import { takes } from '../tag-order.ts';

/** Whoever heard of it may have read the head as long ago as a function runs at most. */
const longestMs = 60_000;

/** Rule 10: every pushed image that a service would take, and of which deploy-image heard, was decided for it, and is on record where it was more than passed over. */
export const reasons: MakeJudge = (truth) => {
  const handled: { repository: string; digest: string; tag: string; atMs: number }[] = [];
  const decided = new Map<string, string>();
  return {
    rule: 'each candidate has its reason',
    watch: (seen) => {
      if (seen.kind === 'handled-push' && isNamed(truth, seen)) handled.push({ ...seen, atMs: truth.now() });
      if (seen.kind === 'candidate') decided.set(`${seen.service} ${seen.digest}`, seen.outcome);
      return undefined;
    },
    settle: (service) => {
      const member = truth.fleet.members.get(service);
      const policies = member?.policy.images.filter(({ tags }) => tags.kind !== 'tag') ?? []; // One tag: the judge of the newest asks.
      if (member?.policy.managed !== true || member.policy.hash.endsWith('+') || policies.length === 0) return undefined; // Configured otherwise: what it took before is over.
      const enrolledMs = Date.parse(truth.table.heads.get(service)?.enrolledAt ?? ''); // Before that, the log says that it is not enrolled.
      const accepted = handled.filter(
        ({ repository, tag, digest, atMs }) =>
          policies.some((policy) => policy.repository === repository && takes(policy, tag)) &&
          truth.images.wasNeverGone(digest) &&
          atMs > enrolledMs + longestMs,
      );
      const records = [...(truth.table.deployments.get(service)?.values() ?? [])].flatMap(({ deployment }) =>
        Object.values(deployment.images),
      );
      const silent = accepted.find(({ digest }) => {
        const outcome = decided.get(`${service} ${digest}`);
        if (outcome === 'skip' || outcome === 'note') return false;
        return outcome === undefined || !records.some((image) => image.digest === digest);
      });
      return holds(silent === undefined, () => `${service}: nothing is on record of ${silent?.tag} ${silent?.digest}`);
    },
  };
};

// A tag that has moved away meanwhile makes no candidate of it.
function isNamed({ images }: Truth, { digest, tag }: { digest: string; tag: string }): boolean {
  const image = images.byDigest.get(digest);
  return image !== undefined && images.tagsOf(image).includes(tag);
}
