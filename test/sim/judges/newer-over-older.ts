import { takes } from '../fleet.ts';
import { partsOf } from '../place.ts';
import { holds, type MakeJudge } from './judge.ts';
import { blindMs, digestNamed, imageOf } from './running.ts';

/** Rule 2: where the order comes from the registry, our hand never replaces a newer image by an older one, rollbacks excepted. */
export const newerOverOlder: MakeJudge = (truth) => ({
  rule: 'no older over newer',
  watch: (seen) => {
    if (seen.kind !== 'ran' || !seen.ran.changed || seen.ran.head?.current?.state === 'rolling-back') return undefined;
    const { service, taskDefinition, before } = seen.ran;
    const { cluster, name } = partsOf(service);
    const replaced = truth.ecs.service(cluster, name).deployments.find(({ id }) => id === before?.id);
    const member = truth.fleet.members.get(service);
    if (member?.tags.kind !== 'glob' || replaced === undefined) return undefined;
    if (replaced.updatedAtMs > seen.by.startedMs - blindMs) return undefined; // Nobody could have known it.
    if (digestNamed(truth, replaced.definition.arn) === undefined) return undefined; // What a tag resolved to is known when it is verified.
    const older = imageOf(truth, replaced);
    const newer = truth.images.byDigest.get(digestNamed(truth, taskDefinition) ?? '');
    const ordered = member !== undefined && older !== undefined && truth.images.tagsOf(older).some((tag) => takes(member, tag));
    if (!ordered || newer === undefined) return undefined; // An image that the policy would not take has no place in its order.
    return holds(
      newer.pushedAtMs >= older.pushedAtMs,
      () => `${service} ran ${older.digest}, and ${seen.by.id} put the older ${newer.digest} in its place`,
    );
  },
});
