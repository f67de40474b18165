import type * as sdk from '@aws-sdk/client-ecr';
import type { EcrModel } from '../model/ecr/model.ts';
import type { Repository } from '../model/ecr/repository.ts';
import type { Operation } from '../service.ts';
import { checkMost, ecrPage } from './paging.ts';

export function repositoryOperations(model: EcrModel) {
  return {
    CreateRepository: (input: sdk.CreateRepositoryCommandInput) => ({
      repository: view(
        model.createRepository({
          repositoryName: input.repositoryName ?? '',
          mutability: input.imageTagMutability,
          exclusions: wildcards(input.imageTagMutabilityExclusionFilters),
          scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
        }),
      ),
    }),
    DescribeRepositories: (input: sdk.DescribeRepositoriesCommandInput) => {
      checkMost('repositoryNames', input.repositoryNames);
      if (input.repositoryNames?.length) return { repositories: input.repositoryNames.map((name) => view(model.repository(name))) };
      const { items, nextToken } = ecrPage([...model.repositories.values()], input);
      return { repositories: items.map(view), nextToken };
    },
    PutImageTagMutability: (input: sdk.PutImageTagMutabilityCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      repository.mutability = input.imageTagMutability ?? 'MUTABLE';
      repository.exclusions = wildcards(input.imageTagMutabilityExclusionFilters);
      const { imageTagMutability, imageTagMutabilityExclusionFilters } = view(repository);
      return {
        registryId: repository.registryId,
        repositoryName: repository.name,
        imageTagMutability,
        imageTagMutabilityExclusionFilters,
      };
    },
  } satisfies Record<string, Operation>;
}

function wildcards(filters: readonly sdk.ImageTagMutabilityExclusionFilter[] | undefined): string[] {
  return (filters ?? []).flatMap(({ filter }) => filter ?? []);
}

function view(repository: Repository): sdk.Repository {
  const exclusions = repository.exclusions.map((filter) => ({ filterType: 'WILDCARD' as const, filter }));
  return {
    repositoryArn: repository.arn,
    registryId: repository.registryId,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: new Date(repository.createdAtMs),
    imageTagMutability: repository.mutability,
    ...(exclusions.length === 0 ? {} : { imageTagMutabilityExclusionFilters: exclusions }),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: { encryptionType: 'AES256' },
  };
}
