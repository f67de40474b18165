import type * as sdk from '@aws-sdk/client-ecr';
import type { EcrModel } from '../model/ecr/model.ts';
import type { Repository } from '../model/ecr/repository.ts';
import { scanningOf } from '../model/ecr/scanning-rules.ts';
import type { ScanningRules } from '../model/ecr/scanning-rules.ts';
import type { Call, Operation } from '../service.ts';
import { checkMost } from './paging.ts';

const mostNames = 25;
const tokenLastsMs = 12 * 3_600_000;

/** What holds for the whole registry: how it scans, and who may log in. */
export function registryOperations(model: EcrModel) {
  return {
    PutRegistryScanningConfiguration: (input: sdk.PutRegistryScanningConfigurationCommandInput) => {
      const rules = (input.rules ?? []).map(({ scanFrequency = 'MANUAL', repositoryFilters = [] }) => ({
        scanFrequency,
        filters: repositoryFilters.flatMap(({ filter }) => filter ?? []),
      }));
      model.scans.scanBy({ scanType: input.scanType ?? model.scans.rules.scanType, rules }, model.repositories.values());
      return { registryScanningConfiguration: view(model.scans.rules) };
    },
    GetRegistryScanningConfiguration: (_: object, { account }: Call) => ({
      registryId: account,
      scanningConfiguration: view(model.scans.rules),
    }),
    BatchGetRepositoryScanningConfiguration: (input: sdk.BatchGetRepositoryScanningConfigurationCommandInput) => {
      checkMost('repositoryNames', input.repositoryNames, mostNames);
      const found = (input.repositoryNames ?? []).map((name) => model.repositories.get(name) ?? name);
      return {
        scanningConfigurations: found.flatMap((item) => (typeof item === 'string' ? [] : [scanning(item, model.scans.rules)])),
        failures: found.flatMap((item) => (typeof item === 'string' ? [missing(item)] : [])),
      };
    },
    PutImageScanningConfiguration: (input: sdk.PutImageScanningConfigurationCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      repository.scanOnPush = input.imageScanningConfiguration?.scanOnPush ?? false;
      const imageScanningConfiguration = { scanOnPush: repository.scanOnPush };
      return { registryId: repository.registryId, repositoryName: repository.name, imageScanningConfiguration };
    },
    GetAuthorizationToken: (_: object, { account, region, now }: Call) => ({
      authorizationData: [
        {
          authorizationToken: Buffer.from(`AWS:sandbox-${now.getTime()}`).toString('base64'),
          expiresAt: new Date(now.getTime() + tokenLastsMs),
          proxyEndpoint: `https://${account}.dkr.ecr.${region}.amazonaws.com`,
        },
      ],
    }),
  } satisfies Record<string, Operation>;
}

function view({ scanType, rules }: ScanningRules): sdk.RegistryScanningConfiguration {
  return { scanType, rules: rules.map(({ scanFrequency, filters }) => ({ scanFrequency, repositoryFilters: filters.map(wildcard) })) };
}

function scanning(repository: Repository, rules: ScanningRules): sdk.RepositoryScanningConfiguration {
  const { frequency, applied } = scanningOf(repository, rules);
  return {
    repositoryArn: repository.arn,
    repositoryName: repository.name,
    scanOnPush: frequency !== 'MANUAL',
    scanFrequency: frequency,
    appliedScanFilters: applied.map(wildcard),
  };
}

function wildcard(filter: string): sdk.ScanningRepositoryFilter {
  return { filter, filterType: 'WILDCARD' };
}

function missing(repositoryName: string): sdk.RepositoryScanningConfigurationFailure {
  return { repositoryName, failureCode: 'REPOSITORY_NOT_FOUND', failureReason: 'The repository does not exist.' };
}
