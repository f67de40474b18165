import type { Context } from '../../model/conditions.ts';
import {
  each,
  as,
  arn,
  type Input,
  passRole,
  type Place,
  rows,
  structures,
  text,
  texts,
  together,
  type Wishes,
  type WishTable,
} from '../wishes.ts';

/** What calls of Amazon ECS want. */
export const ecs: WishTable = {
  ...rows(
    'DescribeServices',
    each((input, place) => texts(input, 'services').map((name) => inCluster('service', input, place, name)), inThatCluster),
  ),
  ...rows(
    'UpdateService DeleteService ListServiceDeployments',
    each((input, place) => [service(input, place)], inThatCluster),
  ),
  CreateService: together(
    each((input, place) => [inCluster('service', input, place, text(input, 'serviceName'))], inThatCluster),
    taggedOnCreation('CreateService', (input, place) => inCluster('service', input, place, text(input, 'serviceName'))),
  ),
  ListServices: each(() => ['*'], inThatCluster),
  ...rows('DescribeServiceDeployments', ofService('serviceDeploymentArns')),
  DescribeServiceRevisions: ofService('serviceRevisionArns'),
  StopServiceDeployment: ofService('serviceDeploymentArn'),
  // The reference names container instances for ListTasks, also where tasks run on Fargate.
  ListTasks: each(
    (input, place) => [inCluster('container-instance', input, place, text(input, 'containerInstance') || '*')],
    inThatCluster,
  ),
  DescribeTasks: each((input, place) => texts(input, 'tasks').map((task) => inCluster('task', input, place, task)), inThatCluster),
  StopTask: each((input, place) => [inCluster('task', input, place, text(input, 'task'))], inThatCluster),
  RunTask: together(
    each((input, place) => [definition(text(input, 'taskDefinition'), place)], inThatCluster),
    ({ overrides = {} }, place) => rolesOf(overrides as Input, place),
  ),
  RegisterTaskDefinition: together(
    each(
      (input, place) => [definition(text(input, 'family'), place)],
      (input) => requestTags(input),
    ),
    taggedOnCreation('RegisterTaskDefinition', (input, place) => definition(text(input, 'family'), place)),
    (input, place) => rolesOf(input, place),
  ),
  ...rows(
    'TagResource UntagResource ListTagsForResource',
    each((input) => [text(input, 'resourceArn')]),
  ),
  DescribeClusters: each((input, place) =>
    (texts(input, 'clusters').length > 0 ? texts(input, 'clusters') : ['default']).map((name) => arn('ecs', place, name, 'cluster/')),
  ),
  CreateCluster: each((input, place) => [arn('ecs', place, text(input, 'clusterName') || 'default', 'cluster/')]),
  DeleteCluster: each((input, place) => [arn('ecs', place, text(input, 'cluster'), 'cluster/')]),
};

function clusterOf(input: Input): string {
  return text(input, 'cluster').split('/').at(-1) || 'default';
}

function inThatCluster(input: Input, place: Place): Context {
  return { 'ecs:cluster': arn('ecs', place, clusterOf(input), 'cluster/') };
}

function inCluster(type: string, input: Input, place: Place, nameOrArn: string): string {
  return arn('ecs', place, nameOrArn, `${type}/${clusterOf(input)}/`);
}

function service(input: Input, place: Place): string {
  return inCluster('service', input, place, text(input, 'service'));
}

/** What belongs to a service is granted by the service's ARN and its own. */
function ofService(member: string): Wishes {
  return each((input) => {
    const arns = text(input, member) === '' ? texts(input, member) : [text(input, member)];
    return [...new Set(arns.map(serviceOf)), ...arns];
  });
}

function serviceOf(arnOfItsOwn: string): string {
  return arnOfItsOwn.replace(/:service-[a-z]+\/([^/]+\/[^/]+)\/.*$/, ':service/$1');
}

/** A definition that is not there yet, or is named by its family alone, has any revision. */
function definition(name: string, place: Place): string {
  return arn('ecs', place, /:\d+$/.test(name) || name.startsWith('arn:') ? name : `${name}:*`, 'task-definition/');
}

function rolesOf(input: Input, place: Place): ReturnType<Wishes> {
  return [...new Set([text(input, 'taskRoleArn'), text(input, 'executionRoleArn')])].flatMap((role) =>
    passRole(role, 'ecs-tasks.amazonaws.com', place),
  );
}

function requestTags(input: Input): Context {
  const tags = structures(input, 'tags').map((tag) => [text(tag, 'key'), text(tag, 'value')] as const);
  if (tags.length === 0) return {};
  return { 'aws:TagKeys': tags.map(([key]) => key), ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])) };
}

/** Tags that come with a creation are granted by ecs:TagResource. */
function taggedOnCreation(operation: string, resource: (input: Input, place: Place) => string): Wishes {
  const tag = each(
    (input, place) => [resource(input, place)],
    (input) => ({ ...requestTags(input), 'ecs:CreateAction': operation }),
  );
  return (input, place) => (structures(input, 'tags').length > 0 ? as('ecs:TagResource', tag)(input, place, '') : []);
}
