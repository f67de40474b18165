import type { Deployment as Recorded } from '../../../lib/domain/deployment.ts';
import type { ImagePolicy } from '../../../lib/domain/policy.ts';
import type { Deployment } from '../../../sandbox/model/ecs/deployment.ts';
import { containerOf, type Member } from '../fleet.ts';
import type { PushedImage } from '../images.ts';
import { partsOf } from '../place.ts';
import { placeIn } from '../tag-order.ts';
import type { Truth } from './judge.ts';

/** How far back a read of ECS or a decision of a function may lie when its call takes effect. */
export const blindMs = 10_000;

/** How far the clocks of two functions may differ. */
export const skewMs = 7_000;

/** Whether a person ordered it: where it waited already, it keeps its origin. */
export function isOrdered(current: Recorded | undefined): boolean {
  return current?.origin === 'command' || current?.actor !== undefined;
}

/** The PRIMARY rollout of a service, as it truly is. */
export function primaryOf({ ecs }: Truth, key: string): Deployment {
  const { cluster, name } = partsOf(key);
  return ecs.service(cluster, name).deployments[0] as Deployment;
}

/** The digest that a revision names for the image of a repository; undefined where it names a tag. */
export function digestNamed(
  { ecs }: Truth,
  member: Member,
  image: Pick<ImagePolicy, 'repository'>,
  taskDefinition: string,
): string | undefined {
  const container = containerOf(member, image);
  return ecs.definitions
    .find(taskDefinition)
    ?.containers.find(({ name }) => name === container)
    ?.image.split('@')[1];
}

/** All digests of the account's registry that a revision names. */
export function digestsNamed({ ecs, images }: Truth, taskDefinition: string): string[] {
  const named = ecs.definitions.find(taskDefinition)?.containers.map(({ image }) => image.split('@')[1] ?? '') ?? [];
  return named.filter((digest) => images.byDigest.has(digest));
}

/** The image of a repository that a rollout runs: by the digest that it names, else by the one that its first task resolved. */
export function imageOf(
  truth: Truth,
  member: Member,
  image: Pick<ImagePolicy, 'repository'>,
  rollout: Deployment,
): PushedImage | undefined {
  const named = digestNamed(truth, member, image, rollout.definition.arn);
  return truth.images.byDigest.get(named ?? rollout.digests.get(containerOf(member, image)) ?? '');
}

/** All images of the configured repositories that a rollout runs, as far as they are known. */
export function imagesOf(truth: Truth, service: string, rollout: Deployment): PushedImage[] {
  const member = truth.fleet.members.get(service);
  const found = member?.policy.images.map((image) => imageOf(truth, member, image, rollout)) ?? [];
  return found.filter((image) => image !== undefined);
}

/** The place of an image in a policy's order by the tags that it has now, of those that were put on it by then. */
export function placeOf(truth: Truth, policy: ImagePolicy, image: PushedImage, byMs = Infinity): number[] | undefined {
  const tags = truth.images.tagsOf(image).filter((tag) => (image.taggedMs.get(tag) ?? 0) <= byMs);
  return placeIn(policy, tags, image.pushedAtMs);
}
