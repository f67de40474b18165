import { EcrError } from '../model/ecr/errors.ts';
import type { EcrModel } from '../model/ecr/model.ts';
import type { Registries } from '../model/ecr/registries.ts';
import { isAllowed } from '../model/policy.ts';
import type { Call } from '../service.ts';

/** The ARN of the role by which an access key calls; undefined where it is no function's. */
export type RoleOf = (accessKeyId: string) => string | undefined;

/** What a call of ECR names: a registry, and one repository or several. */
interface Named {
  registryId?: string;
  repositoryName?: string;
  repositoryNames?: string[];
}

/** An access key of twelve digits is that account's; any other is the account's own. */
export function callerOf(call: Call): Call {
  return /^\d{12}$/.test(call.accessKeyId) ? { ...call, account: call.accessKeyId } : call;
}

/** The registry that a call asks for. Of another account only what the policy of the repository lets the caller do. */
export function registryFor(registries: Registries, operation: string, input: Named, call: Call, roleOf: RoleOf): EcrModel {
  const { account, region, accessKeyId } = call;
  const registry = registries.of({ account: input.registryId ?? account, region });
  if (input.registryId === undefined || input.registryId === account) return registry;
  const role = roleOf(accessKeyId);
  const caller = role ?? `arn:aws:iam::${account}:root`;
  for (const name of input.repositoryNames ?? [input.repositoryName ?? '*']) check(registry, name, `ecr:${operation}`, caller, account);
  return registry;
}

function check(registry: EcrModel, name: string, action: string, caller: string, account: string): void {
  const repository = name === '*' ? undefined : registry.repository(name);
  const principal = (named: string): boolean => [caller, account, `arn:aws:iam::${account}:root`].includes(named);
  const context = { 'aws:PrincipalArn': caller, 'aws:PrincipalAccount': account };
  const resource = repository?.arn ?? '*';
  if (isAllowed(repository?.policy, { principal, action, resource, context })) return;
  const because = `because no resource-based policy allows the ${action} action`;
  throw new EcrError(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  );
}
