import type * as sdk from '@aws-sdk/client-ecr';
import { EcrError } from '../model/ecr/errors.ts';
import type { EcrModel } from '../model/ecr/model.ts';
import type { Repository } from '../model/ecr/repository.ts';
import type { ResourcePolicy } from '../model/policy.ts';
import type { Operation } from '../service.ts';

/** Who of other accounts may do what with a repository. */
export function repositoryPolicyOperations(model: EcrModel) {
  return {
    SetRepositoryPolicy: (input: sdk.SetRepositoryPolicyCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      repository.policy = parse(input.policyText ?? '');
      return told(repository, repository.policy);
    },
    GetRepositoryPolicy: (input: sdk.GetRepositoryPolicyCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      return told(repository, present(repository));
    },
    DeleteRepositoryPolicy: (input: sdk.DeleteRepositoryPolicyCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      const policy = present(repository);
      repository.policy = undefined;
      return told(repository, policy);
    },
  } satisfies Record<string, Operation>;
}

function present({ name, registryId, policy }: Repository): ResourcePolicy {
  if (policy !== undefined) return policy;
  const where = `the repository with name '${name}' in the registry with id '${registryId}'`;
  throw new EcrError('RepositoryPolicyNotFoundException', `Repository policy does not exist for ${where}`);
}

function told({ name, registryId }: Repository, policy: ResourcePolicy): sdk.GetRepositoryPolicyResponse {
  return { registryId, repositoryName: name, policyText: JSON.stringify(policy) };
}

function parse(text: string): ResourcePolicy {
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === 'object' && policy !== null && 'Statement' in policy) return policy as ResourcePolicy;
  } catch {
    // Told below, like any other policy that is none.
  }
  throw new EcrError(
    'InvalidParameterException',
    "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
  );
}
