import { isPinned } from '../decide/containers.ts';
import type { Readiness } from '../decide/rollback-target.ts';
import { targetRevision, type Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { RegistryImage, RepositoryName } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { MissingError, RefusedError } from '../errors.ts';
import type { Registry } from '../ports/registry.ts';
import type { TaskDefinitionReader } from '../ports/task-definitions.ts';

export interface PreflightNeeds {
  registry: Registry;
  taskDefinitions: TaskDefinitionReader;
}

/** Asks of each verified deployment that could be a target whether it could start now: its revision there and pinned (an INACTIVE one is registered anew), its images present and not archived. */
export async function preflight(needs: PreflightNeeds, head: Head, policy: ServicePolicy): Promise<Readiness[]> {
  const options = head.verified.filter(({ id }) => id !== head.current?.id);
  return Promise.all(options.map((deployment) => readinessOf(needs, deployment, policy)));
}

async function readinessOf(needs: PreflightNeeds, deployment: Deployment, policy: ServicePolicy): Promise<Readiness> {
  const [revision, images] = await Promise.all([revisionFault(needs, deployment, policy), imageFaults(needs, deployment, policy)]);
  const why = revision ?? images[0];
  return { deployment: deployment.id, ready: why === undefined, ...(why === undefined ? {} : { why }) };
}

async function revisionFault(
  { taskDefinitions }: PreflightNeeds,
  deployment: Deployment,
  policy: ServicePolicy,
): Promise<string | undefined> {
  const arn = targetRevision(deployment);
  const definition = arn === undefined ? undefined : await taskDefinitions.read(arn);
  if (definition === undefined) return `its revision ${arn ?? ''} does not exist`;
  return isPinned(definition, policy) ? undefined : `its revision ${definition.family}:${definition.revision} names a tag and no digest`;
}

async function imageFaults({ registry }: PreflightNeeds, { images }: Deployment, policy: ServicePolicy): Promise<string[]> {
  const faults = await Promise.all(
    Object.entries(images).map(async ([repository, { digest }]) => {
      const fault = await registry
        .byDigest(repository, digest)
        .then(stateFault, (error: unknown) => askingFault(error, repository, policy));
      return fault === undefined ? undefined : `its image ${repository}@${digest.slice(0, 19)} ${fault}`;
    }),
  );
  return faults.filter((fault) => fault !== undefined);
}

const gone = 'is gone from the registry';

function stateFault(image: RegistryImage | undefined): string | undefined {
  if (image === undefined) return gone;
  return image.active ? undefined : 'is archived';
}

// What AWS refuses to tell is refused each time: it must not keep the service from the other targets, nor people from a page. Of a repository that is
// configured no more no function may ask anything, so ECS is the one to say whether its image is there.
function askingFault(error: unknown, repository: RepositoryName, { images }: ServicePolicy): string | undefined {
  if (error instanceof MissingError) return gone;
  if (!(error instanceof RefusedError)) throw error;
  return images.some((image) => image.repository === repository) ? `could not be asked after: ${error.message}` : undefined;
}
