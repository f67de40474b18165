import {
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  type DescribeImagesCommandOutput,
  type ImageDetail,
  type ImageIdentifier,
} from '@aws-sdk/client-ecr';
import type { RegistryImage, RepositoryName } from '../domain/image.ts';
import { toInstant } from '../domain/instant.ts';
import { MissingError } from '../errors.ts';
import type { Registry } from '../ports/registry.ts';
import { calling } from './aws-errors.ts';
import { addressOf } from './ecr-address.ts';
import type { EcrClients } from './ecr-client.ts';
import { present } from './present.ts';

/** ECR. A repository in another account or region is asked there. */
export function ecrRegistry(clientFor: EcrClients): Registry {
  const describe = (repository: RepositoryName, query: Query): Promise<DescribeImagesCommandOutput> => {
    const { region, ...address } = addressOf(repository);
    const command = new DescribeImagesCommand({ ...address, ...query });
    return calling(`read images of ${repository}`, () => clientFor(region).send(command));
  };
  const find = async (repository: RepositoryName, image: ImageIdentifier): Promise<RegistryImage | undefined> => {
    try {
      const { imageDetails = [] } = await describe(repository, { imageIds: [image], filter: { imageStatus: 'ANY' } });
      return imageDetails[0] && toImage(repository, imageDetails[0]);
    } catch (error) {
      if (error instanceof MissingError && error.what === 'image') return undefined;
      throw error;
    }
  };
  return {
    byTag: (repository, imageTag) => find(repository, { imageTag }),
    byDigest: (repository, imageDigest) => find(repository, { imageDigest }),
    page: async (repository, from) => {
      const query = { filter: { tagStatus: 'TAGGED', imageStatus: 'ACTIVE' }, maxResults: 1000, ...present({ nextToken: from }) } as const;
      const { imageDetails = [], nextToken } = await describe(repository, query);
      return { images: imageDetails.map((detail) => toImage(repository, detail)), ...present({ next: nextToken }) };
    },
  };
}

type Query = Omit<DescribeImagesCommandInput, 'repositoryName' | 'registryId'>;

function toImage(repository: RepositoryName, detail: ImageDetail): RegistryImage {
  return {
    repository,
    digest: detail.imageDigest ?? '',
    tags: detail.imageTags ?? [],
    pushedAt: toInstant(detail.imagePushedAt ?? new Date(0)),
    active: (detail.imageStatus ?? 'ACTIVE') === 'ACTIVE',
    ...present({ mediaType: detail.imageManifestMediaType, artifactMediaType: detail.artifactMediaType }),
  };
}
