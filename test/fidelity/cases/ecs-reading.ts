import type { FidelityCase } from '../case.ts';
import { aCluster, aRevision, aService, cluster, place } from './fragments.ts';

const many = (count: number, name: string): string[] => Array.from({ length: count }, (_, i) => `${name}${i}`);

/** What ECS answers of clusters and services that are there, and of those that are not. */
export const ecsReading: FidelityCase[] = [
  {
    name: 'a cluster is ACTIVE as soon as it is created',
    sources: ['ecs API_CreateCluster'],
    steps: [
      { ...aCluster, answer: { cluster: { status: 'ACTIVE', clusterArn: `arn:aws:ecs:${place}:cluster/{unique}`, runningTasksCount: 0 } } },
      { call: 'ecs DescribeClusters', input: { clusters: [cluster] }, answer: { clusters: [{ clusterName: cluster }], failures: [] } },
    ],
  },
  {
    name: 'a cluster that is not there is a failure, no error',
    sources: ['ecs API_DescribeClusters', 'ecs api_failures_messages'],
    steps: [
      {
        call: 'ecs DescribeClusters',
        input: { clusters: ['{unique}'] },
        answer: { clusters: [], failures: [{ arn: `arn:aws:ecs:${place}:cluster/{unique}`, reason: 'MISSING' }] },
      },
    ],
  },
  {
    name: 'a service that is not there is a failure, no error',
    sources: ['ecs API_DescribeServices', 'ecs api_failures_messages'],
    steps: [
      aCluster,
      {
        call: 'ecs DescribeServices',
        input: { cluster, services: ['none'] },
        answer: { services: [], failures: [{ arn: { $matches: `^arn:aws:ecs:${place}:service/.*none$` }, reason: 'MISSING' }] },
      },
    ],
  },
  {
    name: 'services of a cluster that is not there are an error',
    sources: ['ecs API_DescribeServices'],
    steps: [
      {
        call: 'ecs DescribeServices',
        input: { cluster: '{unique}', services: ['web'] },
        refused: { name: 'ClusterNotFoundException', message: 'Cluster not found.' },
      },
    ],
  },
  {
    name: 'ten services are described in one call, eleven are refused',
    sources: ['ecs API_DescribeServices'],
    others: { moto: 'Moto counts no services; the page says: up to 10 services in a single operation.' },
    steps: [
      aCluster,
      { call: 'ecs DescribeServices', input: { cluster, services: many(10, 's') }, answer: { failures: { $length: 10 } } },
      { call: 'ecs DescribeServices', input: { cluster, services: many(11, 's') }, refused: { name: 'InvalidParameterException' } },
    ],
  },
  {
    name: 'a listing of services has ten a page, and a token while there are more',
    sources: ['ecs API_ListServices'],
    others: { moto: 'Moto answers all services at once; the page says: up to 10 results where maxResults is not given.' },
    steps: [
      aCluster,
      aRevision(),
      ...many(11, 'web').map((serviceName) => aService({ serviceName, desiredCount: 0 })),
      {
        call: 'ecs ListServices',
        input: { cluster },
        answer: { serviceArns: { $length: 10 }, nextToken: { $any: 'string' } },
        save: { token: 'nextToken' },
      },
      {
        call: 'ecs ListServices',
        input: { cluster, nextToken: '{token}' },
        answer: { serviceArns: { $length: 1 }, nextToken: { $absent: true } },
      },
      { call: 'ecs ListServices', input: { cluster, maxResults: 100 }, answer: { serviceArns: { $length: 11 } } },
      { call: 'ecs ListServices', input: { cluster, maxResults: 101 }, refused: { name: 'InvalidParameterException' } },
    ],
  },
  {
    name: 'a hundred tasks are described in one call, and those that are not there are failures',
    sources: ['ecs API_DescribeTasks', 'ecs api_failures_messages'],
    others: { moto: 'Moto tells no failures of tasks and does not count them; the page says: up to 100 tasks.' },
    steps: [
      aCluster,
      { call: 'ecs DescribeTasks', input: { cluster, tasks: many(100, '0') }, answer: { tasks: [], failures: { $length: 100 } } },
      { call: 'ecs DescribeTasks', input: { cluster, tasks: ['00'] }, answer: { failures: [{ reason: 'MISSING' }] } },
      { call: 'ecs DescribeTasks', input: { cluster, tasks: many(101, '0') }, refused: { name: 'InvalidParameterException' } },
    ],
  },
  {
    name: 'a cluster with services is not deleted',
    sources: ['ecs API_DeleteCluster'],
    others: { moto: 'Moto deletes it with all that it holds; the page names ClusterContainsServicesException.' },
    steps: [
      aCluster,
      aRevision(),
      aService({ desiredCount: 0 }),
      { call: 'ecs DeleteCluster', input: { cluster }, refused: { name: 'ClusterContainsServicesException' } },
    ],
  },
  {
    name: 'an empty cluster is deleted, and is INACTIVE then',
    sources: ['ecs API_DeleteCluster'],
    steps: [aCluster, { call: 'ecs DeleteCluster', input: { cluster }, answer: { cluster: { clusterName: cluster, status: 'INACTIVE' } } }],
  },
  {
    name: 'tags are told only where they are asked for',
    sources: ['ecs API_DescribeServices', 'ecs API_TagResource'],
    steps: [
      aCluster,
      aRevision(),
      {
        ...aService({ desiredCount: 0, tags: [{ key: 'team', value: 'web' }] }),
        save: { arn: 'service.serviceArn' },
      },
      { call: 'ecs DescribeServices', input: { cluster, services: ['web'] }, answer: { services: [{ tags: { $not: { $length: 1 } } }] } },
      {
        call: 'ecs DescribeServices',
        input: { cluster, services: ['web'], include: ['TAGS'] },
        answer: { services: [{ tags: [{ key: 'team', value: 'web' }] }] },
      },
      { call: 'ecs TagResource', input: { resourceArn: '{arn}', tags: [{ key: 'team', value: 'shop' }] } },
      { call: 'ecs ListTagsForResource', input: { resourceArn: '{arn}' }, answer: { tags: [{ key: 'team', value: 'shop' }] } },
      { call: 'ecs UntagResource', input: { resourceArn: '{arn}', tagKeys: ['team'] } },
      { call: 'ecs ListTagsForResource', input: { resourceArn: '{arn}' }, answer: { tags: [] } },
    ],
  },
];
