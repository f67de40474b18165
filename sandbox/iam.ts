import type { PolicyDocument, Roles, TrustPolicy } from './iam/roles.ts';
import type { AwsService } from './service.ts';

interface RoleInput {
  RoleName: string;
  Path?: string;
  AssumeRolePolicyDocument?: TrustPolicy;
}

/** AWS IAM as far as a stack needs it: roles with their policies. It is called from within; over HTTP it is not there. */
export function createIam(roles: Roles): AwsService {
  return {
    operations: {
      CreateRole: ({ RoleName, Path = '/', AssumeRolePolicyDocument = {} }: RoleInput) => {
        const { arn, name } = roles.create(RoleName, Path, AssumeRolePolicyDocument);
        return { Arn: arn, RoleName: name };
      },
      CreatePolicy: ({ PolicyName, PolicyDocument }: { PolicyName: string; PolicyDocument: PolicyDocument }) => ({
        Arn: roles.createPolicy(PolicyName, PolicyDocument),
      }),
      PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument }: { RoleName: string; PolicyName: string; PolicyDocument: PolicyDocument }) =>
        roles.put(RoleName, PolicyName, PolicyDocument),
      AttachRolePolicy: ({ RoleName, PolicyArn }: { RoleName: string; PolicyArn: string }) => roles.attach(RoleName, PolicyArn),
    },
  };
}
