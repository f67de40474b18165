import type * as sdk from '@aws-sdk/client-cloudformation';
import type { Stack } from './cloudformation/stack.ts';
import { AwsError, type AwsService } from './service.ts';

/** AWS CloudFormation's reading calls on the stacks that were loaded. */
export function createCloudFormation(stacks: readonly Stack[]): AwsService {
  const get = (nameOrId: string | undefined): Stack => {
    const stack = stacks.find(({ name, id }) => nameOrId === name || nameOrId === id);
    if (!stack) throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return stack;
  };
  return {
    operations: {
      DescribeStacks: (input: sdk.DescribeStacksCommandInput) => ({
        Stacks: (input.StackName === undefined ? stacks : [get(input.StackName)]).map(told),
      }),
      ListStackResources: (input: sdk.ListStackResourcesCommandInput) => {
        const stack = get(input.StackName);
        return { StackResourceSummaries: stack.resources.map((resource) => summary(resource, stack)) };
      },
      DescribeStackResources: (input: sdk.DescribeStackResourcesCommandInput) => {
        const stack = get(input.StackName);
        const wanted = stack.resources.filter(({ logicalId }) => logicalId === (input.LogicalResourceId ?? logicalId));
        return {
          StackResources: wanted.map(({ logicalId, type, created }) => ({
            StackName: stack.name,
            StackId: stack.id,
            LogicalResourceId: logicalId,
            PhysicalResourceId: created.id,
            ResourceType: type,
            Timestamp: stack.createdAt,
            ResourceStatus: 'CREATE_COMPLETE',
          })),
        };
      },
      GetTemplate: (input: sdk.GetTemplateCommandInput) => ({ TemplateBody: JSON.stringify(get(input.StackName).template) }),
    },
  };
}

function told(stack: Stack): sdk.Stack {
  const outputs = stack.outputs.map(({ key, value, description }) => ({ OutputKey: key, OutputValue: value, Description: description }));
  return { StackName: stack.name, StackId: stack.id, CreationTime: stack.createdAt, StackStatus: 'CREATE_COMPLETE', Outputs: outputs };
}

function summary({ logicalId, type, created }: Stack['resources'][number], { createdAt }: Stack): sdk.StackResourceSummary {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: created.id,
    ResourceType: type,
    LastUpdatedTimestamp: createdAt,
    ResourceStatus: 'CREATE_COMPLETE',
  };
}
