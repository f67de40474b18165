import type * as sdk from '@aws-sdk/client-ecs';
import { ecsArn, lastName } from '../model/ecs/arns.ts';
import { findCluster } from '../model/ecs/cluster.ts';
import type { EcsModel } from '../model/ecs/model.ts';
import type { Service } from '../model/ecs/service.ts';
import { serviceView } from '../model/ecs/service-view.ts';
import type { Operation } from '../service.ts';
import { checkCount, ecsPage } from './paging.ts';

const mostDescribed = 10;

export function serviceOperations(model: EcsModel) {
  return {
    CreateService: (input: sdk.CreateServiceCommandInput) => ({ service: written(model.createService(input)) }),
    UpdateService: (input: sdk.UpdateServiceCommandInput) => ({ service: written(model.updateService(input)) }),
    DeleteService: (input: sdk.DeleteServiceCommandInput) => ({
      service: written(model.deleteService(input.cluster, input.service ?? '', input.force)),
    }),
    DescribeServices: (input: sdk.DescribeServicesCommandInput) => {
      checkCount('Services', input.services, mostDescribed);
      const { name: cluster } = findCluster(model.clusters, input.cluster);
      const services: sdk.Service[] = [];
      const failures: sdk.Failure[] = [];
      for (const name of input.services ?? []) {
        const view = model.describeService(cluster, name);
        if (view === undefined) failures.push({ arn: ecsArn(model.surroundings, 'service', cluster, lastName(name)), reason: 'MISSING' });
        else services.push({ ...view, ...tagsOf(model.service(cluster, name), input.include) } as sdk.Service);
      }
      return { services, failures };
    },
    ListServices: (input: sdk.ListServicesCommandInput) => {
      const { services } = findCluster(model.clusters, input.cluster);
      const listed = [...services.values()].filter(({ status, settings, schedulingStrategy }) => {
        const wanted = input.launchType === undefined || input.launchType === settings.launchType;
        return status !== 'INACTIVE' && wanted && (input.schedulingStrategy ?? schedulingStrategy) === schedulingStrategy;
      });
      const { items, nextToken } = ecsPage(listed, input, 10);
      return { serviceArns: items.map(({ arn }) => arn), nextToken };
    },
  } satisfies Record<string, Operation>;
}

/** What a write answers: the service as it is now, its tags with it. */
function written(service: Service): sdk.Service {
  return { ...serviceView(service), tags: service.tags } as sdk.Service;
}

function tagsOf({ tags }: Service, include: readonly string[] | undefined): Pick<sdk.Service, 'tags'> {
  return include?.includes('TAGS') ? { tags } : {};
}
