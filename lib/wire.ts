import { dynamoClient } from './adapters/dynamo-client.ts';
import { dynamoDeploymentLog } from './adapters/dynamo-deployment-log.ts';
import { dynamoDueList } from './adapters/dynamo-due-list.ts';
import { dynamoEnrolment } from './adapters/dynamo-enrolment.ts';
import { dynamoHeads } from './adapters/dynamo-heads.ts';
import { dynamoQuarantine } from './adapters/dynamo-quarantine.ts';
import { dynamoRepositories } from './adapters/dynamo-repositories.ts';
import { ecrClients } from './adapters/ecr-client.ts';
import { ecrRegistry } from './adapters/ecr-registry.ts';
import { ecsClient } from './adapters/ecs-client.ts';
import { ecsServices } from './adapters/ecs-services.ts';
import { ecsTaskDefinitions } from './adapters/ecs-task-definitions.ts';
import { InvocationBudget } from './adapters/invocation-budget.ts';
import { pacedServices, pacedTaskDefinitions } from './adapters/paced.ts';
import { snsClient } from './adapters/sns-client.ts';
import { snsTopic } from './adapters/sns-topic.ts';
import { configuration } from './config/compiled.ts';
import { readEnvironment } from './config/environment.ts';

/** What deploy-image needs. Made at cold start: a bad setting fails here, and the error names every one. */
export function wireDeployImage() {
  return acting();
}

/** What follow-rollout needs. */
export function wireFollowRollout() {
  return acting();
}

/** What judge-stopped-task needs. */
export function wireJudgeStoppedTask() {
  return acting();
}

/** What the tick needs: everything, at a pace that leaves the account's rates to others. */
export function wireTick() {
  const needs = acting();
  return {
    ...needs,
    services: pacedServices(needs.services),
    taskDefinitions: pacedTaskDefinitions(needs.taskDefinitions),
    dueList: dynamoDueList(needs.dynamo, needs.table),
    enrolment: dynamoEnrolment(needs.dynamo, needs.table),
    repositories: dynamoRepositories(needs.dynamo, needs.table),
  };
}

// All four reach the table, ECS, ECR and SNS; what each may call there is narrowed by its role.
function acting() {
  const { table, topicArn } = readEnvironment(process.env);
  const budget = new InvocationBudget();
  const dynamo = dynamoClient({ budget });
  const ecs = ecsClient({ budget });
  return {
    budget,
    configuration,
    table,
    dynamo,
    heads: dynamoHeads(dynamo, table),
    log: dynamoDeploymentLog(dynamo, table),
    quarantine: dynamoQuarantine(dynamo, table),
    registry: ecrRegistry(ecrClients({ budget })),
    services: ecsServices(ecs),
    taskDefinitions: ecsTaskDefinitions(ecs),
    topic: snsTopic(snsClient({ budget }), topicArn),
  };
}
