/** A value of a template: plain JSON, intrinsic functions included. */
export type Json = string | number | boolean | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

export interface Resource {
  Type: string;
  Properties: JsonObject;
  [attribute: string]: unknown;
}

export const ref = (logicalId: string): JsonObject => ({ Ref: logicalId });
export const arnOf = (logicalId: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
export const sub = (text: string): JsonObject => ({ 'Fn::Sub': text });

/** An ARN in the account and region of the stack: `ecs`, `service/production/my-web-app`. */
export const localArn = (service: string, resource: string): JsonObject =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

/** Stands for the longest that a value can become, so that sizes hold in each region and partition. */
const longest: Record<string, string> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-1',
  'AWS::AccountId': '123456789012',
};
const longestArn = `arn:aws-us-gov:dynamodb:ap-southeast-1:123456789012:${'x'.repeat(80)}`;

/** The value as AWS receives it once CloudFormation has resolved it, at its longest. */
export function resolved(value: Json): Json {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object') return value;
  if (typeof value['Ref'] === 'string') return longest[value['Ref']] ?? longestArn;
  if ('Fn::GetAtt' in value) return longestArn;
  const text = value['Fn::Sub'];
  if (typeof text === 'string') return text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => longest[name] ?? longestArn);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]));
}

/** Characters of the resolved value as JSON without white space. */
export function resolvedLength(value: Json): number {
  return JSON.stringify(resolved(value)).length;
}
