import type { RepositoryName } from '../domain/image.ts';
import { parseImageReference } from '../domain/image-reference.ts';
import { present } from './present.ts';

/** How ECR's calls name a repository, and the region in which to ask; without one it is the function's own. */
export interface RepositoryAddress {
  repositoryName: string;
  registryId?: string;
  region?: string;
}

/** `<account>.dkr.ecr.<region>.amazonaws.com/<repository>`, its dual-stack form, or the bare name of one of our own. */
export function addressOf(repository: RepositoryName): RepositoryAddress {
  const { registry, path } = parseImageReference(repository);
  const [, registryId, region] = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(registry ?? '') ?? [];
  return { repositoryName: path, ...present({ registryId, region }) };
}
