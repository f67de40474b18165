import type { Deployment } from '../domain/deployment.ts';
import { revisionName } from '../domain/failure.ts';
import { isOfRepository, parseImageReference, pinnedImage } from '../domain/image-reference.ts';
import type { Digest, Images } from '../domain/image.ts';
import type { ImagePolicy, ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { deploymentTag, type ContainerDefinition, type TaskDefinition } from '../domain/task-definition.ts';

/** The containers of a revision that an image policy governs: the named ones, else every one that runs an image of its repository. */
export function governedContainers(definition: TaskDefinition, { repository, containers }: ImagePolicy): ContainerDefinition[] {
  return definition.containers.filter(({ name, image }) =>
    containers === undefined ? isOfRepository(image, repository) : containers.includes(name),
  );
}

/** Why a revision has no place for an image; undefined where it has one for each. */
export function homelessImage(definition: TaskDefinition, images: ImagePolicy[]): Reason | undefined {
  const homeless = images.find((image) => governedContainers(definition, image).length === 0);
  if (homeless === undefined) return undefined;
  const text = `no container of ${definition.family}:${definition.revision} runs an image of ${homeless.repository}`;
  return { code: 'no-container', text };
}

/** Container name → image reference pinned to the digest, for the containers that the policy governs. */
export function pinnedContainers(definition: TaskDefinition, policy: ImagePolicy, digest: Digest): Record<string, string> {
  return Object.fromEntries(
    governedContainers(definition, policy).map(({ name, image }) => [
      name,
      pinnedImage(isOfRepository(image, policy.repository) ? image : registryImage(policy.repository, image), digest),
    ]),
  );
}

/** Container name → image reference, for all containers that the policies of these images govern. */
export function pinnedTo(definition: TaskDefinition, images: Images, policy: ServicePolicy): Record<string, string> {
  const pinned = policy.images.flatMap((image) => {
    const wanted = images[image.repository];
    return wanted === undefined ? [] : Object.entries(pinnedContainers(definition, image, wanted.digest));
  });
  return Object.fromEntries(pinned);
}

/** A revision to copy as it carries on what another one runs: the newest of a family may name images that are older than those. */
export function carrying(base: TaskDefinition, running: TaskDefinition, policy: ServicePolicy): TaskDefinition {
  const carried = pinnedTo(base, imagesOf(running, policy, {}), policy);
  return { ...base, containers: base.containers.map((one) => ({ ...one, image: carried[one.name] ?? one.image })) };
}

/** Per repository what a revision runs: by the digest that it names, else by the digests that its tasks were seen to run. */
export function imagesOf(definition: TaskDefinition, policy: ServicePolicy, running: Record<string, Digest>): Images {
  const images: Images = {};
  for (const image of policy.images) {
    for (const container of governedContainers(definition, image)) {
      const { digest = running[container.name], tag } = parseImageReference(container.image);
      if (digest !== undefined) images[image.repository] ??= { digest, ...(tag === undefined ? {} : { tag }) };
    }
  }
  return images;
}

/** Whether every governed container names its image by digest: only then does the revision stay what it is. */
export function isPinned(definition: TaskDefinition, policy: ServicePolicy): boolean {
  return policy.images.every((image) =>
    governedContainers(definition, image).every((container) => parseImageReference(container.image).digest !== undefined),
  );
}

/** Whether a revision is the one that a deployment registered: by its tag, or, where AWS had no room for our tags, by family and digests. */
export function isRevisionOf(definition: TaskDefinition, deployment: Deployment, policy: ServicePolicy): boolean {
  const tag = definition.tags[deploymentTag];
  if (tag !== undefined) return tag === deployment.id;
  const { previousTaskDefinition: previous = '', images } = deployment;
  if (definition.arn === previous || !revisionName(previous).startsWith(`${definition.family}:`)) return false;
  const runs = imagesOf(definition, policy, {});
  return Object.entries(images).every(([repository, { digest }]) => runs[repository]?.digest === digest);
}

// A container named in the configuration may run another repository's image until its first deployment: then the registry is kept and the path changes.
function registryImage(repository: string, image: string): string {
  const wanted = parseImageReference(repository);
  const { registry } = parseImageReference(image);
  if (wanted.registry !== undefined || registry === undefined) return repository;
  return `${registry}/${wanted.path}`;
}
