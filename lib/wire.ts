// The clients first, and in this order: bundles keep it, and gzip, which looks back 32 kB, then packs them 3 kB smaller.
import { dynamoClient } from './adapters/dynamo-client.ts';
import { snsClient } from './adapters/sns-client.ts';
import { ecrClients, type EcrClients } from './adapters/ecr-client.ts';
import { ecsClient } from './adapters/ecs-client.ts';
import { applicationAutoScalingClient } from './adapters/application-auto-scaling-client.ts';
import { awsScaling } from './adapters/aws-scaling.ts';
import { awsScheduledActions } from './adapters/aws-scheduled-actions.ts';
import { cloudwatchTaskLogs } from './adapters/cloudwatch-task-logs.ts';
import { dynamoDeploymentLog } from './adapters/dynamo-deployment-log.ts';
import { dynamoDueList } from './adapters/dynamo-due-list.ts';
import { dynamoEnrolment } from './adapters/dynamo-enrolment.ts';
import { dynamoExposures } from './adapters/dynamo-exposures.ts';
import { dynamoFailingFleet } from './adapters/dynamo-failing-fleet.ts';
import { dynamoHeads } from './adapters/dynamo-heads.ts';
import { dynamoHistory } from './adapters/dynamo-history.ts';
import { dynamoPosts } from './adapters/dynamo-posts.ts';
import { dynamoQuarantine, dynamoQuarantineLifter } from './adapters/dynamo-quarantine.ts';
import { dynamoRepositories } from './adapters/dynamo-repositories.ts';
import { dynamoSleepHistory, dynamoSleepLog } from './adapters/dynamo-sleep-log.ts';
import { ecrImageContents } from './adapters/ecr-image-contents.ts';
import { ecrRegistry } from './adapters/ecr-registry.ts';
import { ecrScans } from './adapters/ecr-scans.ts';
import { ecsServiceRunner, ecsServices } from './adapters/ecs-services.ts';
import { ecsTaskDefinitionReader, ecsTaskDefinitions } from './adapters/ecs-task-definitions.ts';
import { emfMetrics, noMetrics } from './adapters/emf-metrics.ts';
import { InvocationBudget } from './adapters/invocation-budget.ts';
import { lambdaClient } from './adapters/lambda-client.ts';
import { lambdaCommands } from './adapters/lambda-commands.ts';
import { logsClient } from './adapters/logs-client.ts';
import { namedSecrets } from './adapters/named-secrets.ts';
import { pacedScaling, pacedServices, pacedTaskDefinitions, updateTurns } from './adapters/paced.ts';
import { posters } from './adapters/posters.ts';
import { revisionSettings } from './adapters/revision-settings.ts';
import { secretsManagerClient } from './adapters/secrets-manager-client.ts';
import { snsTopic } from './adapters/sns-topic.ts';
import { stsCaller } from './adapters/sts-caller.ts';
import { stsClient } from './adapters/sts-client.ts';
import { stsProofs } from './adapters/sts-proofs.ts';
import { stsSigner } from './adapters/sts-signer.ts';
import { taskShape } from './adapters/task-shape.ts';
import { ssmClient } from './adapters/ssm-client.ts';
import { channels, configuration } from './config/compiled.ts';
import { audienceOf, readEnvironment, stsEndpoint } from './config/environment.ts';

/** What deploy-image needs. Made at cold start: a bad setting fails here, and the error names every one. */
export function wireDeployImage() {
  const { ecs, ecr, ...needs } = shared();
  return { ...needs, ...behindDigests(ecr), services: ecsServiceRunner(ecs), taskDefinitions: ecsTaskDefinitions(ecs) };
}

/** What follow-rollout needs. */
export function wireFollowRollout() {
  const { ecs, ecr: _, ...needs } = shared();
  return { ...needs, ...ofTheFleet(needs), services: ecsServices(ecs), taskDefinitions: ecsTaskDefinitionReader(ecs) };
}

/** What judge-stopped-task needs. */
export function wireJudgeStoppedTask() {
  const { ecs, ecr: _, ...needs } = shared();
  return {
    ...needs,
    ...ofTheFleet(needs),
    services: ecsServiceRunner(ecs),
    taskDefinitions: ecsTaskDefinitionReader(ecs),
    taskLogs: cloudwatchTaskLogs(logsClient({ budget: needs.budget, requestTimeoutMs: 2000, maxAttempts: 1 })), // A rollback waits for no log.
    settingsOf: revisionSettings,
  };
}

/** What apply-scan needs: it looks and never touches a service, so that it carries nothing of ECS. */
export function wireApplyScan() {
  const { ecr, registry: _, ...needs } = sharedByAll();
  return { ...needs, ...behindDigests(ecr), exposures: dynamoExposures(needs.dynamo, needs.table) };
}

/** What obey-command needs: what a deployment and a way back take, and STS, which says who orders. */
export function wireObeyCommand() {
  const { ecs, ecr, ...needs } = shared();
  const endpoint = stsEndpoint(process.env);
  return {
    ...needs,
    ...behindDigests(ecr),
    services: ecsServiceRunner(ecs),
    taskDefinitions: ecsTaskDefinitions(ecs),
    quarantine: { ...needs.quarantine, ...dynamoQuarantineLifter(needs.dynamo, needs.table) },
    callerProofs: stsProofs(endpoint),
    audience: audienceOf(readEnvironment(process.env)),
    stsEndpoint: endpoint,
  };
}

/** What post-to-slack needs: the channels, their secrets, and what was posted. */
export function wirePostToSlack() {
  const { table, topicArn, stage } = readEnvironment(process.env);
  const budget = new InvocationBudget();
  const sns = snsClient({ budget });
  const secrets = namedSecrets(ssmClient({ budget }), secretsManagerClient({ budget }));
  return {
    budget,
    channels,
    posters: posters({ secrets, sns, amazonQTopicArn: topicArn.replace(/-alerts$/, '-amazon-q') }),
    posts: dynamoPosts(dynamoClient({ budget }), table),
    topic: snsTopic(sns, topicArn),
    metrics: metricsOf(stage),
  };
}

/** What the tick needs: everything, at a pace that leaves the account's rates to others. */
export function wireTick() {
  const { ecs, ecr, ...needs } = shared();
  const turn = updateTurns();
  return {
    ...needs,
    ...behindDigests(ecr),
    ...ofTheFleet(needs),
    ...(typeof __AUTOPILOT_SLEEPS__ === 'undefined' || __AUTOPILOT_SLEEPS__ ? offPeakOf(ecs, needs, turn) : {}),
    services: pacedServices(ecsServices(ecs), turn),
    taskDefinitions: pacedTaskDefinitions(ecsTaskDefinitions(ecs)),
    dueList: dynamoDueList(needs.dynamo, needs.table),
    history: dynamoHistory(needs.dynamo, needs.table),
    enrolment: dynamoEnrolment(needs.dynamo, needs.table),
    repositories: dynamoRepositories(needs.dynamo, needs.table),
  };
}

// A client is made only where services sleep.
function offPeakOf(ecs: Shared['ecs'], { budget, dynamo, table }: Omit<Shared, 'ecs' | 'ecr'>, turn: ReturnType<typeof updateTurns>) {
  const scaling = awsScaling(ecs, applicationAutoScalingClient({ budget }));
  return { scaling: pacedScaling(scaling, turn), sleepLog: dynamoSleepLog(dynamo, table) };
}

/** Which AWS the command line speaks to. What is absent comes from the environment, as in every AWS SDK. */
export interface CommandLineEndpoint {
  region: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** What the command line needs: people's credentials, no function's environment, and time without end. */
export function wireCommandLine(at: CommandLineEndpoint, table: string) {
  const options = { ...at, budget: { remainingMs: () => Infinity } };
  const dynamo = dynamoClient(options);
  const ecs = ecsClient(options);
  const ecr = ecrClients(options);
  const sts = stsClient(options);
  return {
    ...behindDigests(ecr),
    caller: stsCaller(sts),
    signer: stsSigner(sts), // The same client: whatever it learns of the clock from AWS's answers holds for the signature.
    commands: lambdaCommands(lambdaClient(options), table),
    heads: dynamoHeads(dynamo, table),
    enrolment: dynamoEnrolment(dynamo, table),
    history: dynamoHistory(dynamo, table),
    log: dynamoDeploymentLog(dynamo, table),
    quarantine: dynamoQuarantine(dynamo, table),
    registry: ecrRegistry(ecr),
    scheduledActions: awsScheduledActions(applicationAutoScalingClient(options)),
    services: ecsServices(ecs),
    shapeOf: taskShape,
    sleeps: dynamoSleepHistory(dynamo, table),
    taskDefinitions: ecsTaskDefinitionReader(ecs),
  };
}

export type CommandLineNeeds = ReturnType<typeof wireCommandLine>;

// What those need that ask the gates: manifests, configs and scans.
function behindDigests(ecr: EcrClients) {
  return { contents: ecrImageContents(ecr), scans: ecrScans(ecr) };
}

// What those need that judge: what is found guilty elsewhere at the same time.
function ofTheFleet({ dynamo, table }: Pick<ReturnType<typeof sharedByAll>, 'dynamo' | 'table'>) {
  return { failing: dynamoFailingFleet(dynamo, table) };
}

// Where none are asked for, no bundle carries them.
function metricsOf(stage: string) {
  return typeof __AUTOPILOT_METRICS__ !== 'undefined' && __AUTOPILOT_METRICS__ ? emfMetrics(stage) : noMetrics;
}

// What all that touch a service reach besides. Each takes of ECS what its flow calls and its role grants: what it leaves out weighs nothing.
function shared() {
  const needs = sharedByAll();
  return { ...needs, ecs: ecsClient({ budget: needs.budget }) };
}

type Shared = ReturnType<typeof shared>;

// The table, ECR and SNS.
function sharedByAll() {
  const { table, topicArn, stage } = readEnvironment(process.env);
  const budget = new InvocationBudget();
  const dynamo = dynamoClient({ budget });
  const ecr = ecrClients({ budget });
  return {
    budget,
    configuration,
    stage,
    table,
    dynamo,
    ecr,
    heads: dynamoHeads(dynamo, table),
    log: dynamoDeploymentLog(dynamo, table),
    quarantine: dynamoQuarantine(dynamo, table),
    registry: ecrRegistry(ecr),
    topic: snsTopic(snsClient({ budget }), topicArn),
    metrics: metricsOf(stage),
  };
}
