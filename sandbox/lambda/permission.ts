import type * as sdk from '@aws-sdk/client-lambda';

/** The statement that AddPermission adds to a function's policy. */
export function permission(input: sdk.AddPermissionCommandInput, arn: string): Record<string, unknown> {
  const principal = input.Principal ?? '';
  const condition = {
    ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': input.SourceAccount } }),
  };
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: input.Action,
    Resource: arn,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}
