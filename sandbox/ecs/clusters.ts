import type * as sdk from '@aws-sdk/client-ecs';
import { ecsArn, lastName } from '../model/ecs/arns.ts';
import type { Cluster } from '../model/ecs/cluster.ts';
import { invalid } from '../model/ecs/errors.ts';
import type { EcsModel } from '../model/ecs/model.ts';
import { checkedTags } from '../model/ecs/tags.ts';
import type { Operation } from '../service.ts';
import { ecsPage } from './paging.ts';

export function clusterOperations(model: EcsModel) {
  return {
    CreateCluster: (input: sdk.CreateClusterCommandInput) => {
      const cluster = model.createCluster(input.clusterName, {
        capacityProviders: input.capacityProviders ?? [],
        settings: input.settings ?? [],
        tags: checkedTags(input.tags),
      });
      return { cluster: view(model, cluster, ['TAGS', 'SETTINGS']) };
    },
    DescribeClusters: (input: sdk.DescribeClustersCommandInput) => {
      if ((input.clusters?.length ?? 0) > 100) throw invalid('Clusters can have at most 100 items.');
      const wanted = input.clusters?.length ? input.clusters : ['default'];
      const found = wanted.map((name) => model.clusters.get(lastName(name)) ?? name);
      return {
        clusters: found.filter((cluster) => typeof cluster !== 'string').map((cluster) => view(model, cluster, input.include ?? [])),
        failures: found.filter((name) => typeof name === 'string').map((name) => missing(model, name)),
      };
    },
    DeleteCluster: (input: sdk.DeleteClusterCommandInput) => ({ cluster: view(model, model.deleteCluster(input.cluster ?? ''), []) }),
    ListClusters: (input: sdk.ListClustersCommandInput) => {
      const { items, nextToken } = ecsPage(
        [...model.clusters.values()].filter(({ status }) => status === 'ACTIVE'),
        input,
      );
      return { clusterArns: items.map(({ arn }) => arn), nextToken };
    },
  } satisfies Record<string, Operation>;
}

function missing({ surroundings }: EcsModel, name: string): sdk.Failure {
  return { arn: ecsArn(surroundings, 'cluster', lastName(name)), reason: 'MISSING' };
}

function view(model: EcsModel, cluster: Cluster, include: readonly string[]): sdk.Cluster {
  const tasks = model.tasks.list(cluster.name);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'PENDING' || lastStatus === 'PROVISIONING').length,
    activeServicesCount: [...cluster.services.values()].filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: include.includes('TAGS') ? cluster.tags : [],
    settings: include.includes('SETTINGS') ? (cluster.settings as sdk.ClusterSetting[]) : [],
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: [],
  };
}
