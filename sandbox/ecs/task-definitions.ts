import type * as sdk from '@aws-sdk/client-ecs';
import { clientError } from '../model/ecs/errors.ts';
import type { EcsModel } from '../model/ecs/model.ts';
import type { TaskDefinition } from '../model/ecs/task-definition.ts';
import { describedOnly } from '../model/ecs/task-definition-document.ts';
import type { Operation } from '../service.ts';
import { ecsPage } from './paging.ts';

export function taskDefinitionOperations({ definitions }: EcsModel) {
  return {
    RegisterTaskDefinition: (input: sdk.RegisterTaskDefinitionCommandInput) => {
      const definition = definitions.register(input as unknown as Record<string, unknown>);
      return { taskDefinition: view(definition), tags: definition.tags };
    },
    DescribeTaskDefinition: (input: sdk.DescribeTaskDefinitionCommandInput) => {
      const definition = definitions.find(input.taskDefinition ?? '');
      if (definition === undefined) throw clientError('Unable to describe task definition.');
      return { taskDefinition: view(definition), ...(input.include?.includes('TAGS') ? { tags: definition.tags } : {}) };
    },
    DeregisterTaskDefinition: (input: sdk.DeregisterTaskDefinitionCommandInput) => ({
      taskDefinition: view(definitions.deregister(input.taskDefinition ?? '')),
    }),
    ListTaskDefinitions: (input: sdk.ListTaskDefinitionsCommandInput) => {
      const listed = definitions.list(input.status ?? 'ACTIVE', input.familyPrefix);
      const { items, nextToken } = ecsPage(input.sort === 'DESC' ? listed.toReversed() : listed, input);
      return { taskDefinitionArns: items.map(({ arn }) => arn), nextToken };
    },
    ListTaskDefinitionFamilies: (input: sdk.ListTaskDefinitionFamiliesCommandInput) => {
      const { items, nextToken } = ecsPage(definitions.families(input.status ?? 'ALL', input.familyPrefix), input);
      return { families: items, nextToken };
    },
  } satisfies Record<string, Operation>;
}

/** The document as it was registered, whatever it holds, and what only a description has. */
function view(definition: TaskDefinition): sdk.TaskDefinition {
  return {
    ...definition.document,
    taskDefinitionArn: definition.arn,
    revision: definition.revision,
    status: definition.status,
    ...describedOnly(definition.document),
    registeredAt: new Date(definition.registeredAtMs),
    registeredBy: definition.registeredBy,
    ...(definition.deregisteredAtMs === undefined ? {} : { deregisteredAt: new Date(definition.deregisteredAtMs) }),
  };
}
