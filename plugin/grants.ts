import type { Installation } from '../lib/config/installation.ts';
import type { Configuration } from '../lib/domain/policy.ts';
import { arnOf, localArn, ref, sub } from './cloudformation.ts';
import type { Json, JsonObject } from './cloudformation.ts';
import type { Call } from './functions.ts';
import { anySleeps, narrowed, onlyDeployed, onlyScanned } from './grant-scope.ts';
import type { Scope } from './grant-scope.ts';
import { alertsTopic, amazonQTopic, slackQueue, table } from './names.ts';
import { clustersOf, repositoriesOf } from './scope.ts';
import type { Repository } from './scope.ts';

/** One action on some resources. An action that needs two kinds of resource has two grants. */
export interface Grant {
  call: Call;
  /** Name of the kind of resource; grants of one kind share a statement. */
  kind: string;
  resources: Json[];
  condition?: JsonObject;
}

/** What a call needs to be granted. Empty where nothing of the configuration asks for it. */
export function grantsOf(call: Call, scope: Scope): Grant[] {
  return kindsOf[call].map((kind) => ({ call, ...kinds[kind](scope), kind })).filter(({ resources }) => resources.length > 0);
}

type Kind = keyof typeof kinds;
type Reach = Pick<Grant, 'resources' | 'condition'>;

/** Per action the kinds of resource that the service authorization reference lists for it. */
const kindsOf: Record<Call, readonly Kind[]> = {
  'dynamodb:GetItem': ['Table'],
  'dynamodb:UpdateItem': ['Table'],
  'dynamodb:Query': ['Table', 'Index'], // The history of a service is in the table itself.
  'sns:Publish': ['Topic', 'AmazonQTopic'],
  'sqs:ReceiveMessage': ['SlackQueue'],
  'sqs:DeleteMessage': ['SlackQueue'],
  'sqs:GetQueueAttributes': ['SlackQueue'],
  'ssm:GetParameter': ['Parameters'],
  'secretsmanager:GetSecretValue': ['Secrets'],
  'ecr:DescribeImages': ['Repositories'],
  'ecr:BatchGetImage': ['Repositories'],
  'ecr:GetDownloadUrlForLayer': ['Repositories'],
  'ecr:DescribeImageScanFindings': ['ScannedRepositories'],
  'ecr:BatchGetRepositoryScanningConfiguration': ['OwnScannedRepositories'],
  'ecs:DescribeServices': ['Services'],
  'ecs:UpdateService': ['DeployedServices'],
  'ecs:DescribeServiceRevisions': ['Services', 'ServiceRevisions'],
  'ecs:ListTasks': ['ContainerInstances'],
  'ecs:DescribeTasks': ['Tasks'],
  'ecs:DescribeTaskDefinition': ['WithoutResource'],
  'ecs:RegisterTaskDefinition': ['Families'],
  'ecs:TagResource': ['NewRevisions'],
  'iam:PassRole': ['TaskRoles'],
  'application-autoscaling:DescribeScalableTargets': ['AnyScalableTarget'],
  'application-autoscaling:RegisterScalableTarget': ['ScalableTargets'],
  'logs:GetLogEvents': ['LogStreams'],
};

const kinds = {
  Table: () => ({ resources: [arnOf(table)] }),
  Index: () => ({ resources: [sub(`\${${table}.Arn}/index/due`)] }),
  Topic: () => ({ resources: [ref(alertsTopic)] }),
  AmazonQTopic: ({ installation, of }: Scope) => ({
    resources:
      of === 'post-to-slack' && installation.channels.some(({ address }) => address.kind === 'amazon-q') ? [ref(amazonQTopic)] : [],
  }),
  SlackQueue: ({ installation }: Scope) => ({ resources: installation.channels.length > 0 ? [arnOf(slackQueue)] : [] }),
  Parameters: ({ installation }: Scope) => ({ resources: parameterArns(secretsOf(installation)) }),
  Secrets: ({ installation }: Scope) => ({ resources: secretArns(secretsOf(installation)) }),
  Repositories: (scope: Scope) => ({ resources: repositoryArns(scope) }),
  ScannedRepositories: (scope: Scope) => ({ resources: repositoryArns(onlyScanned(scope)) }),
  // Of another account's repositories nobody is told how they are scanned.
  OwnScannedRepositories: (scope: Scope) => ({ resources: repositoryArns(onlyScanned(scope), ({ account }) => account === undefined) }),
  Services: (scope: Scope) => ({ resources: ofServices('service', '', scope) }),
  DeployedServices: (scope: Scope) => ({ resources: ofServices('service', '', onlyDeployed(scope)) }),
  ServiceRevisions: (scope: Scope) => ({ resources: ofServices('service-revision', '/*', scope) }),
  Tasks: ({ configuration, widening }: Scope) => ({ resources: inClusters('task', configuration, widening) }),
  // The reference names container instances for ListTasks, also where tasks run on Fargate.
  ContainerInstances: ({ configuration, widening }: Scope) => ({ resources: inClusters('container-instance', configuration, widening) }),
  WithoutResource: () => ({ resources: ['*'] }),
  AnyScalableTarget: ({ configuration }: Scope) => ({ resources: anySleeps(configuration) ? ['*'] : [] }),
  // A scalable target has an id that AWS makes up, and no service in its ARN.
  ScalableTargets: ({ configuration }: Scope) => ({
    resources: anySleeps(configuration) ? [localArn('application-autoscaling', 'scalable-target/*')] : [],
    condition: {
      StringEquals: {
        'application-autoscaling:service-namespace': 'ecs',
        'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
      },
    },
  }),
  Families: (scope: Scope) => ({ resources: familyArns(scope) }),
  NewRevisions: (scope: Scope) => ({
    resources: familyArns(scope),
    condition: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
  }),
  TaskRoles: (scope: Scope) => ({
    resources: roleArns(scope),
    condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  }),
  LogStreams: (scope: Scope) => ({ resources: logStreamArns(scope) }),
} satisfies Record<string, (scope: Scope) => Reach>;

/** The names of the secrets by which channels are reached, each once. */
function secretsOf({ channels }: Installation): string[] {
  const names = channels.flatMap(({ address }) => {
    if ('webhook' in address) return [address.webhook];
    if ('token' in address) return [address.token];
    return 'secret' in address ? [address.secret] : [];
  });
  return [...new Set(names.map((name) => name.split('#')[0] ?? name))].toSorted(); // Without the key in its JSON.
}

function parameterArns(names: string[]): Json[] {
  return names.flatMap((name) => (name.startsWith('ssm:/') ? [localArn('ssm', `parameter/${name.slice('ssm:/'.length)}`)] : []));
}

// Secrets Manager ends each ARN in a hyphen and six characters of its own.
function secretArns(names: string[]): Json[] {
  const manager = 'secretsmanager:';
  return names.flatMap((name) => {
    if (!name.startsWith(manager)) return [];
    const id = name.slice(manager.length);
    return [id.startsWith('arn:') ? id : localArn('secretsmanager', `secret:${id}-??????`)];
  });
}

function ofServices(type: string, suffix: string, { configuration, widening }: Scope): Json[] {
  if (widening >= 1) return inClusters(type, configuration, widening);
  return Object.keys(configuration.services).map((key) => localArn('ecs', `${type}/${key}${suffix}`));
}

function inClusters(type: string, configuration: Configuration, widening: number): Json[] {
  const clusters = clustersOf(configuration);
  if (widening >= 4 && clusters.length > 0) return [localArn('ecs', `${type}/*`)];
  return clusters.map((cluster) => localArn('ecs', `${type}/${cluster}/*`));
}

function familyArns(scope: Scope): Json[] {
  const families = narrowed(onlyDeployed(scope), 'families');
  return families === 'all'
    ? [localArn('ecs', 'task-definition/*:*')]
    : families.map((family) => localArn('ecs', `task-definition/${family}:*`));
}

function roleArns(scope: Scope): Json[] {
  const roles = narrowed(onlyDeployed(scope), 'taskRoles');
  return roles === 'all' ? [sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*')] : roles;
}

// Of a service that is only watched too: why its tasks failed is told all the same.
function logStreamArns(scope: Scope): Json[] {
  const groups = narrowed(scope, 'logGroups');
  return groups === 'all'
    ? [localArn('logs', 'log-group:*:log-stream:*')]
    : groups.map((group) => localArn('logs', `log-group:${group}:log-stream:*`));
}

function repositoryArns({ configuration, widening }: Scope, wanted: (repository: Repository) => boolean = () => true): Json[] {
  const repositories = repositoriesOf(configuration).filter(wanted);
  return unique(repositories.map((repository) => repositoryArn(repository, widening >= 2 ? '*' : repository.name)));
}

function repositoryArn({ account, region }: Repository, name: string): Json {
  if (account === undefined) return localArn('ecr', `repository/${name}`);
  return sub(`arn:\${AWS::Partition}:ecr:${region}:${account}:repository/${name}`);
}

function unique(values: Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
