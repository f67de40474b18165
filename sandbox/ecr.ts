import { imageOperations } from './ecr/images.ts';
import { layerOperations } from './ecr/layers.ts';
import { callerOf, registryFor, type RoleOf } from './ecr/registry-access.ts';
import { registryOperations } from './ecr/registry.ts';
import { repositoryOperations } from './ecr/repositories.ts';
import { repositoryPolicyOperations } from './ecr/repository-policies.ts';
import { scanOperations } from './ecr/scans.ts';
import { EcrError } from './model/ecr/errors.ts';
import type { EcrModel } from './model/ecr/model.ts';
import { Registries, type RegistriesOptions } from './model/ecr/registries.ts';
import { answeringRefusals } from './refusals.ts';
import type { AwsService, Call, Operation } from './service.ts';

export interface EcrOptions extends RegistriesOptions {
  /** Where a layer is downloaded from; the host serves `registries.layer(repository, digest)` there. */
  downloadUrl?: (repository: string, digest: string) => string;
  /** By which role an access key calls, for the policies of other accounts' repositories. */
  roleOf?: RoleOf;
}

export interface Ecr extends AwsService {
  /** The account's own registry. */
  model: EcrModel;
  /** That and the registries of others. ECS pulls from them. */
  registries: Registries;
}

/** Amazon ECR: repositories, images and layers, of the account and of others. */
export function createEcr({ downloadUrl = defaultUrl, roleOf = () => undefined, ...options }: EcrOptions): Ecr {
  const registries = new Registries(options);
  const made = new Map<EcrModel, Record<string, Operation>>();
  const operationsOf = (model: EcrModel): Record<string, Operation> => {
    const operations = made.get(model) ?? operationsOn(model, model === registries.own ? downloadUrl : addressed(model, downloadUrl));
    made.set(model, operations);
    return operations;
  };
  const asked = (name: string) => (input: never, signed: Call) => {
    const call = callerOf(signed);
    return operationsOf(registryFor(registries, name, input, call, roleOf))[name]?.(input, call);
  };
  const operations = Object.fromEntries(Object.keys(operationsOf(registries.own)).map((name) => [name, asked(name)]));
  return { model: registries.own, registries, operations: answeringRefusals(operations, EcrError) };
}

function operationsOn(model: EcrModel, downloadUrl: NonNullable<EcrOptions['downloadUrl']>): Record<string, Operation> {
  return {
    ...registryOperations(model),
    ...repositoryOperations(model),
    ...repositoryPolicyOperations(model),
    ...imageOperations(model),
    ...layerOperations(model, downloadUrl),
    ...scanOperations(model),
  };
}

/** The layers of another account's repository are found by its whole address. */
function addressed(model: EcrModel, downloadUrl: NonNullable<EcrOptions['downloadUrl']>): NonNullable<EcrOptions['downloadUrl']> {
  return (repository, digest) => downloadUrl(model.repository(repository).uri, digest);
}

function defaultUrl(repository: string, digest: string): string {
  return `http://127.0.0.1:4566/_sandbox/layers/${repository}/${digest}`;
}
