import type { ImagePolicy } from '../../../lib/domain/policy.ts';
import type { Deployment } from '../../../sandbox/model/ecs/deployment.ts';
import type { Member } from '../fleet.ts';
import { partsOf } from '../place.ts';
import { comparePlaces, isByTag } from '../tag-order.ts';
import { holds, type MakeJudge, type Truth } from './judge.ts';
import { blindMs, digestNamed, imageOf, isOrdered, placeOf } from './running.ts';

/** Rule 2: where the order comes from the registry, our hand never replaces a newer image by an older one, rollbacks excepted. */
export const newerOverOlder: MakeJudge = (truth) => ({
  rule: 'no older over newer',
  watch: (seen) => {
    if (seen.kind !== 'ran' || !seen.ran.changed || seen.ran.head?.current?.state === 'rolling-back') return undefined;
    if (isOrdered(seen.ran.head?.current)) return undefined; // A person may: it sets a hold.
    const { service, taskDefinition, before } = seen.ran;
    const { cluster, name } = partsOf(service);
    const replaced = truth.ecs.service(cluster, name).deployments.find(({ id }) => id === before?.id);
    const member = truth.fleet.members.get(service);
    if (member === undefined || replaced === undefined || member.policy.hash.endsWith('+')) return undefined; // Under another policy what runs may have no place on record.
    if (replaced.updatedAtMs > seen.by.startedMs - blindMs) return undefined; // Nobody could have known it.
    const compared = member.policy.images.map((image) => compare(truth, member, image, replaced, taskDefinition));
    const fault = compared.find((one) => typeof one === 'string');
    if (compared.every((one) => one === undefined)) return undefined;
    return holds(fault === undefined, () => `${seen.by.id} made ${service} run ${fault}`);
  },
});

/** Whether the image of a repository became older, and how; undefined where there is no order. */
function compare(
  truth: Truth,
  member: Member,
  policy: ImagePolicy,
  replaced: Deployment,
  taskDefinition: string,
): string | boolean | undefined {
  if (policy.tags.kind === 'tag' || digestNamed(truth, member, policy, replaced.definition.arn) === undefined) return undefined; // What a tag resolved to is known when it is verified.
  const older = imageOf(truth, member, policy, replaced);
  const newer = truth.images.byDigest.get(digestNamed(truth, member, policy, taskDefinition) ?? '');
  const [before, after] = [older && placeOf(truth, policy, older, replaced.createdAtMs), newer && placeOf(truth, policy, newer)];
  if (before === undefined || after === undefined || older === newer) return undefined; // An image that the policy would not take has no place in its order.
  if (comparePlaces(after, before) >= 0 || (isByTag(policy) && moved(truth, older?.digest, newer?.digest))) return true;
  return `the older ${newer?.digest} in place of ${older?.digest}`;
}

// A tag that was moved says more than the order: the image that has it now is the newer one.
function moved({ images }: Truth, from = '', to = ''): boolean {
  const [before, after] = [images.byDigest.get(from), images.byDigest.get(to)];
  return [...(before?.taggedMs.keys() ?? [])].some((tag) => after?.taggedMs.has(tag));
}
