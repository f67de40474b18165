import { TemplateError } from './template.ts';
import { type Make, nameFrom, type Properties } from './resource-type.ts';

/** IAM resources: what functions may do. */
export const identity: Record<string, Make> = {
  'AWS::IAM::Role': async (properties, surroundings) => {
    const { call } = surroundings;
    const RoleName = nameFrom(properties['RoleName'], surroundings);
    const { Path, AssumeRolePolicyDocument, PermissionsBoundary } = properties;
    if (PermissionsBoundary !== undefined) throw new TemplateError(boundaryTold(PermissionsBoundary));
    const { Arn } = await call('iam', 'CreateRole', { RoleName, Path, AssumeRolePolicyDocument });
    for (const { PolicyName, PolicyDocument } of (properties['Policies'] ?? []) as Properties[])
      await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument });
    for (const PolicyArn of (properties['ManagedPolicyArns'] ?? []) as string[])
      await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    return { id: RoleName, attributes: { Arn: String(Arn), RoleId: `AROA${RoleName}` } };
  },
  'AWS::IAM::ManagedPolicy': async (properties, surroundings) => {
    const { call } = surroundings;
    const PolicyName = nameFrom(properties['ManagedPolicyName'], surroundings);
    const { Arn } = await call('iam', 'CreatePolicy', { PolicyName, PolicyDocument: properties['PolicyDocument'] });
    for (const RoleName of (properties['Roles'] ?? []) as string[]) await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn: Arn });
    return { id: String(Arn), attributes: { PolicyArn: String(Arn) } };
  },
  'AWS::IAM::Policy': async ({ PolicyName, PolicyDocument, Roles }, { call }) => {
    for (const RoleName of (Roles ?? []) as string[]) await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument });
    return { id: String(PolicyName), attributes: {} };
  },
};

/** A role is not judged by its boundary here, so it would be allowed what AWS denies. */
function boundaryTold(boundary: unknown): string {
  return `PermissionsBoundary is ${JSON.stringify(boundary)}, and the sandbox judges by no boundary; load a template without one, and write what it denies as statements with Effect Deny`;
}
