import type { Installation } from '../lib/config/installation.ts';
import type { Configuration } from '../lib/domain/policy.ts';
import { arnOf, ref, sub } from './cloudformation.ts';
import type { Json, JsonObject, Resource } from './cloudformation.ts';
import { functionNames, functions } from './functions.ts';
import type { FunctionName } from './functions.ts';
import { widenings } from './grant-scope.ts';
import { grantsOf } from './grants.ts';
import { deadLetters, idOf } from './names.ts';
import type { Names } from './names.ts';
import { packPolicies, statementsOf } from './policies.ts';
import type { Policies } from './policies.ts';
import type { Fragment } from './rules.ts';

/** One role a function, which allows what its flow calls and nothing else. */
export function rolesFragment(configuration: Configuration, installation: Installation, names: Names): Fragment {
  const fragments = functionNames.map((name) => roleFragment(name, configuration, installation, names));
  return {
    resources: Object.assign({}, ...fragments.map(({ resources }) => resources)) as Fragment['resources'],
    notices: fragments.flatMap(({ notices }) => notices),
  };
}

/** Logical id of a function's role. */
export function roleIdOf(name: FunctionName): string {
  return `${idOf(name)}Role`;
}

function roleFragment(name: FunctionName, configuration: Configuration, installation: Installation, names: Names): Fragment {
  const own = ownStatements(name, names);
  for (const [widening, { notice }] of widenings.entries()) {
    const grants = functions[name].calls.flatMap((call) => grantsOf(call, { configuration, installation, widening, of: name }));
    const policies = packPolicies([...own, ...statementsOf(grants)]);
    if (policies !== undefined) {
      const said = notice === undefined ? [] : [`The role of ${name} has no room for each resource by name: it is granted ${notice}.`];
      return { resources: roleResources(name, policies), notices: said };
    }
  }
  throw new Error(`The role of ${name} has no room for its grants.`);
}

/** What every function may do beside its flow's calls: write its log, and hand over what it could not do. */
function ownStatements(name: FunctionName, names: Names): JsonObject[] {
  const streams = sub(
    `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${names.prefix}-${name}:log-stream:*`,
  );
  const log = { Sid: 'Log', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [streams] };
  const send = { Sid: 'DeadLetters', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: [arnOf(deadLetters)] };
  return functions[name].deadLetters ? [log, send] : [log];
}

function roleResources(name: FunctionName, [inline, ...managed]: Policies): Record<string, Resource> {
  const policies = managed.map((document, index) => [`${idOf(name)}Policy${index + 1}`, managedPolicy(document)] as const);
  const attached: Json[] = policies.map(([id]) => ref(id));
  const role: Resource = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: lambdaTrust,
      Policies: [{ PolicyName: name, PolicyDocument: inline }],
      ...(attached.length === 0 ? {} : { ManagedPolicyArns: attached }),
    },
  };
  return { [roleIdOf(name)]: role, ...Object.fromEntries(policies) };
}

function managedPolicy(document: JsonObject): Resource {
  return { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } };
}

const lambdaTrust: JsonObject = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
