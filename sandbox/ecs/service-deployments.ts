import type * as sdk from '@aws-sdk/client-ecs';
import { EcsError, unsupported } from '../model/ecs/errors.ts';
import type { EcsModel } from '../model/ecs/model.ts';
import type { ServiceDeployment, ServiceRevision } from '../model/ecs/service-deployment.ts';
import { serviceDeploymentBrief, serviceDeploymentView, serviceRevisionView } from '../model/ecs/service-deployment-view.ts';
import type { Service } from '../model/ecs/service.ts';
import type { Operation } from '../service.ts';
import { checkCount, ecsPage } from './paging.ts';

const mostDescribed = 20;

export function serviceDeploymentOperations(model: EcsModel) {
  return {
    ListServiceDeployments: (input: sdk.ListServiceDeploymentsCommandInput) => {
      const service = model.service(input.cluster, input.service ?? '');
      if (service.controller !== 'ECS') throw unsupported('Service deployments are kept for the ECS deployment controller only.');
      const { items, nextToken } = ecsPage(
        model.describeHistory(service).filter((deployment) => isWanted(deployment, input)),
        input,
        20,
      );
      return { serviceDeployments: items.map((deployment) => serviceDeploymentBrief(service, deployment)), nextToken };
    },
    DescribeServiceDeployments: (input: sdk.DescribeServiceDeploymentsCommandInput) => {
      checkCount('serviceDeploymentArns', input.serviceDeploymentArns, mostDescribed);
      const { found, failures } = findAll(model, input.serviceDeploymentArns, (service) => model.describeHistory(service));
      return { serviceDeployments: found.map(([service, deployment]) => serviceDeploymentView(service, deployment)), failures };
    },
    DescribeServiceRevisions: (input: sdk.DescribeServiceRevisionsCommandInput) => {
      checkCount('serviceRevisionArns', input.serviceRevisionArns, mostDescribed);
      const { found, failures } = findAll(model, input.serviceRevisionArns, ({ revisions }) => revisions);
      return { serviceRevisions: found.map(([service, revision]) => serviceRevisionView(service, revision)), failures };
    },
    StopServiceDeployment: (input: sdk.StopServiceDeploymentCommandInput) => {
      const { found } = findAll(model, [input.serviceDeploymentArn ?? ''], ({ history }) => history);
      const [first] = found;
      if (first === undefined) throw new EcsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
      if (input.stopType === 'ABORT') throw unsupported('stopType ABORT is not supported.');
      model.stopServiceDeployment(...first);
      return { serviceDeploymentArn: first[1].arn };
    },
  } satisfies Record<string, Operation>;
}

function isWanted({ status, createdAtMs }: ServiceDeployment, input: sdk.ListServiceDeploymentsCommandInput): boolean {
  const { after, before } = input.createdAt ?? {};
  if (input.status?.length && !input.status.includes(status)) return false;
  return (after === undefined || createdAtMs >= after.getTime()) && (before === undefined || createdAtMs <= before.getTime());
}

/** Each ARN holds cluster and service: `…/<cluster>/<service>/<id>`. */
function findAll<Kept extends ServiceDeployment | ServiceRevision>(
  model: EcsModel,
  arns: readonly string[] | undefined,
  listOf: (service: Service) => readonly Kept[],
): { found: [Service, Kept][]; failures: sdk.Failure[] } {
  const found: [Service, Kept][] = [];
  const failures: sdk.Failure[] = [];
  for (const arn of arns ?? []) {
    const [cluster = '', name = ''] = arn.split('/').slice(1);
    const service = model.clusters.get(cluster)?.services.get(name);
    const kept = service && listOf(service).find((candidate) => candidate.arn === arn);
    if (service === undefined || kept === undefined) failures.push({ arn, reason: 'MISSING' });
    else found.push([service, kept]);
  }
  return { found, failures };
}
