import type * as sdk from '@aws-sdk/client-lambda';
import type { Clock } from './clock.ts';
import type { Receiver } from './delivery.ts';
import type { Guard } from './iam/guard.ts';
import type { Roles } from './iam/roles.ts';
import type { Ids } from './ids.ts';
import type { AsyncInvocations } from './lambda/async-invocation.ts';
import { createdFunction } from './lambda/created-function.ts';
import { type EventSource, feed } from './lambda/event-source.ts';
import { asynchronousOf, configurationOf, invokeConfigOf, toldSource } from './lambda/descriptions.ts';
import type { Functions } from './lambda/functions.ts';
import { invoke } from './lambda/invoke.ts';
import { lambdaPage } from './lambda/paging.ts';
import { permission } from './lambda/permission.ts';
import { sourceFrom } from './lambda/source-mapping.ts';
import { isAllowed } from './model/policy.ts';
import { AwsError, type AwsService, type Call } from './service.ts';
import type { Queues } from './sqs/queues.ts';

export interface LambdaOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  functions: Functions;
  invocations: AsyncInvocations;
  queues: Queues;
  roles: Roles;
  guard: Guard;
}

/** AWS Lambda: functions that run from their packages, called directly, by events and from queues. */
export function createLambda(options: LambdaOptions): AwsService & { receiver: Receiver } {
  const { functions, invocations, clock, ids, account, region } = options;
  const sources: EventSource[] = [];
  return {
    receiver: (arn, body, sender) => {
      const lambda = functions.find(arn);
      if (!lambda) return { code: 'NO_RESOURCE', message: `The function does not exist: ${arn}` };
      const context = { 'aws:SourceArn': sender?.sourceArn ?? '', 'aws:SourceAccount': account };
      const allowed =
        !sender ||
        isAllowed(
          { Statement: lambda.policy },
          { principal: sender.principal, action: 'lambda:InvokeFunction', resource: lambda.arn, context },
        );
      if (!allowed)
        return {
          code: 'NO_PERMISSIONS',
          message: `${lambda.name} has no permission by which ${sender.principal} may call it on behalf of ${sender.sourceArn}`,
        };
      invocations.accept(lambda, JSON.parse(body));
      return undefined;
    },
    operations: {
      CreateFunction: (input: sdk.CreateFunctionCommandInput) => {
        const role = options.roles.find(input.Role ?? '');
        if (!role || !options.roles.isTrusting(role, 'lambda.amazonaws.com'))
          throw new AwsError('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.');
        const lambda = createdFunction(input, `arn:aws:lambda:${region}:${account}:function:${input.FunctionName}`, clock.now());
        functions.add(lambda);
        return configurationOf(lambda);
      },
      PutFunctionConcurrency: (input: sdk.PutFunctionConcurrencyCommandInput) => {
        functions.get(input.FunctionName ?? '').concurrencyMax = input.ReservedConcurrentExecutions ?? 0;
        return { ReservedConcurrentExecutions: input.ReservedConcurrentExecutions };
      },
      ListFunctions: (input: sdk.ListFunctionsCommandInput) => {
        const { items, NextMarker } = lambdaPage(functions.all(), input, 50);
        return { Functions: items.map(configurationOf), NextMarker };
      },
      GetFunctionConfiguration: (input: sdk.GetFunctionConfigurationCommandInput) =>
        configurationOf(functions.get(input.FunctionName ?? '')),
      GetFunction: (input: sdk.GetFunctionCommandInput) => ({ Configuration: configurationOf(functions.get(input.FunctionName ?? '')) }),
      Invoke: (input: sdk.InvokeCommandInput, call: Call) => invoke(input, functions, invocations, ids, call),
      AddPermission: (input: sdk.AddPermissionCommandInput) => {
        const lambda = functions.get(input.FunctionName ?? '');
        const statement = permission(input, lambda.arn);
        if (lambda.policy.some(({ Sid }) => Sid === input.StatementId))
          throw new AwsError('ResourceConflictException', `The statement id (${input.StatementId}) provided already exists.`, 409);
        lambda.policy.push(statement);
        return { Statement: JSON.stringify(statement) };
      },
      GetPolicy: (input: sdk.GetPolicyCommandInput) => {
        const { policy, arn } = functions.get(input.FunctionName ?? '');
        if (policy.length === 0)
          throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' });
        return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: policy }), RevisionId: arn };
      },
      PutFunctionEventInvokeConfig: (input: sdk.PutFunctionEventInvokeConfigCommandInput) => {
        const lambda = functions.get(input.FunctionName ?? '');
        lambda.asynchronous = asynchronousOf(input);
        return invokeConfigOf(lambda);
      },
      GetFunctionEventInvokeConfig: (input: sdk.GetFunctionEventInvokeConfigCommandInput) =>
        invokeConfigOf(functions.get(input.FunctionName ?? '')),
      CreateEventSourceMapping: (input: sdk.CreateEventSourceMappingCommandInput) => {
        const source = sourceFrom(input, ids.uuid(), sources, options);
        sources.push(source);
        feed(source, options);
        return toldSource(source);
      },
      ListEventSourceMappings: (input: sdk.ListEventSourceMappingsCommandInput) => {
        const wanted = sources.filter(
          ({ functionName, source }) =>
            (input.FunctionName === undefined || functions.find(input.FunctionName)?.name === functionName) &&
            (input.EventSourceArn ?? source.arn) === source.arn,
        );
        const { items, NextMarker } = lambdaPage(wanted, input, 100);
        return { EventSourceMappings: items.map(toldSource), NextMarker };
      },
    },
  };
}
