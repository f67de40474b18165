import type { Deployment } from '../../../sandbox/model/ecs/deployment.ts';
import type { PushedImage } from '../images.ts';
import { partsOf } from '../place.ts';
import type { Truth } from './judge.ts';

/** How far back a read of ECS or a decision of a function may lie when its call takes effect. */
export const blindMs = 10_000;

/** The PRIMARY rollout of a service, as it truly is. */
export function primaryOf({ ecs }: Truth, key: string): Deployment {
  const { cluster, name } = partsOf(key);
  return ecs.service(cluster, name).deployments[0] as Deployment;
}

/** The digest that a revision of ours names; undefined where it names a tag. */
export function digestNamed({ ecs }: Truth, taskDefinition: string): string | undefined {
  return ecs.definitions.find(taskDefinition)?.containers[0]?.image.split('@')[1];
}

/** The image that a rollout runs: by the digest that it names, else by the one that its first task resolved. */
export function imageOf(truth: Truth, { definition, digests }: Deployment): PushedImage | undefined {
  return truth.images.byDigest.get(digestNamed(truth, definition.arn) ?? digests.get('app') ?? '');
}
