import { partsOf } from '../place.ts';
import type { Ran } from '../observation.ts';
import { holds, type MakeJudge, type Truth } from './judge.ts';
import { blindMs, digestsNamed, imagesOf, primaryOf } from './running.ts';

/** Rule 5: a digest in quarantine is not deployed by our hand; where somebody else brings it back, that ends as failed. */
export const quarantine: MakeJudge = (truth) => {
  const written = new Map<string, { deployment: string; ms: number }>(); // Once lifted, a digest may go into quarantine anew.
  const claimedMs = new Map<string, number>();
  const ours = new Set<string>();
  /** Since when one of the digests is barred. */
  const barred = (digests: string[]): number | undefined => {
    const standing = digests.filter((digest) => truth.table.quarantine.get(digest)?.liftedBy === undefined);
    return standing.flatMap((digest) => written.get(digest)?.ms ?? []).toSorted((a, b) => a - b)[0];
  };
  return {
    rule: 'quarantine holds',
    watch: (seen) => {
      if (seen.kind === 'quarantined') {
        const { digest } = seen.entry;
        const { deployment, liftedBy } = truth.table.quarantine.get(digest) ?? seen.entry;
        if (liftedBy === undefined && written.get(digest)?.deployment !== deployment) written.set(digest, { deployment, ms: truth.now() });
      }
      if (seen.kind === 'head' && seen.after.acting?.by === seen.by.id && seen.before?.acting?.by !== seen.by.id)
        claimedMs.set(`${seen.by.id} ${seen.after.service}`, truth.now());
      if (seen.kind !== 'ran') return undefined;
      ours.add(seen.ran.rolloutId);
      const since = barred(digestsNamed(truth, seen.ran.taskDefinition));
      if (seen.ran.head?.current?.state === 'rolling-back') return undefined;
      const unseenMs = seen.by.startedMs - blindMs; // What took its place since could not be known.
      const kept = new Set(runBefore(truth, seen.ran, unseenMs)); // Somebody else brought it, and it runs already.
      const here = digestsNamed(truth, seen.ran.taskDefinition).find(
        (digest) => !kept.has(digest) && seen.ran.head?.barred[digest] !== undefined,
      );
      if (here !== undefined && since === undefined) return { broken: `${seen.ran.service} was made to run ${here}, which it bars` };
      if (since === undefined) return undefined;
      const claimed = claimedMs.get(`${seen.by.id} ${seen.ran.service}`) ?? -Infinity; // It was to be asked once more after the claim.
      return holds(
        since > claimed,
        () =>
          `${seen.by.id} made ${seen.ran.service} run ${seen.ran.taskDefinition} ${truth.now() - since} ms after its image went into quarantine`,
      );
    },
    settle: (service) => {
      const primary = primaryOf(truth, service);
      const since = barred(imagesOf(truth, service, primary).map(({ digest }) => digest));
      if (since === undefined || primary.createdAtMs < since || ours.has(primary.id)) return undefined;
      const current = truth.table.heads.get(service)?.current;
      if (current?.origin !== 'external' || current.untested === true || Date.parse(current.createdAt) < since) return undefined; // It ran there before, was a verified target, or runs not at all.
      return holds(
        current.state === 'failed',
        () => `somebody else made ${service} run an image in quarantine, and the record says ${current.state}`,
      );
    },
  };
};

// By what its revision names, and by what its tags resolved to.
function runBefore(truth: Truth, { service, rolloutId, before }: Ran, unseenMs: number): string[] {
  const { cluster, name } = partsOf(service);
  const known = truth.ecs.service(cluster, name).deployments.filter(({ id }) => id !== rolloutId);
  const isUnseen = before !== undefined && before.sinceMs > unseenMs;
  const ran = known.filter(({ id }) => isUnseen || id === before?.id);
  const named = [before?.taskDefinition ?? '', ...ran.map(({ definition }) => definition.arn)];
  return [
    ...named.flatMap((revision) => digestsNamed(truth, revision)),
    ...ran.flatMap((rollout) => imagesOf(truth, service, rollout).map(({ digest }) => digest)),
  ];
}
