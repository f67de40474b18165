import { imageOperations } from './ecr/images.ts';
import { layerOperations } from './ecr/layers.ts';
import { registryOperations } from './ecr/registry.ts';
import { repositoryOperations } from './ecr/repositories.ts';
import { scanOperations } from './ecr/scans.ts';
import { EcrError } from './model/ecr/errors.ts';
import { EcrModel } from './model/ecr/model.ts';
import type { EcrOptions as ModelOptions } from './model/ecr/model.ts';
import { answeringRefusals } from './refusals.ts';
import type { AwsService } from './service.ts';

export interface EcrOptions extends ModelOptions {
  /** Where a layer is downloaded from; the host serves `model.repository(name).layers` there. */
  downloadUrl?: (repository: string, digest: string) => string;
}

export interface Ecr extends AwsService {
  model: EcrModel;
}

/** Amazon ECR: repositories, images and layers. Its model is where ECS pulls from. */
export function createEcr({ downloadUrl = defaultUrl, ...options }: EcrOptions): Ecr {
  const model = new EcrModel(options);
  const operations = {
    ...registryOperations(model),
    ...repositoryOperations(model),
    ...imageOperations(model),
    ...layerOperations(model, downloadUrl),
    ...scanOperations(model),
  };
  return { model, operations: answeringRefusals(operations, EcrError) };
}

function defaultUrl(repository: string, digest: string): string {
  return `http://127.0.0.1:4566/_sandbox/layers/${repository}/${digest}`;
}
