import type { Service } from './service.ts';
import type { ServiceDeployment, ServiceRevision } from './service-deployment.ts';

/** A service deployment as ListServiceDeployments answers it. */
export function serviceDeploymentBrief(service: Service, deployment: ServiceDeployment) {
  return {
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    createdAt: new Date(deployment.createdAtMs),
    startedAt: deployment.startedAtMs === undefined ? undefined : new Date(deployment.startedAtMs),
    finishedAt: deployment.finishedAtMs === undefined ? undefined : new Date(deployment.finishedAtMs),
    targetServiceRevisionArn: deployment.targetRevisionArn,
    status: deployment.status,
    statusReason: deployment.statusReason,
  };
}

/** A service deployment as DescribeServiceDeployments answers it. */
export function serviceDeploymentView(service: Service, deployment: ServiceDeployment) {
  const { targetServiceRevisionArn, ...brief } = serviceDeploymentBrief(service, deployment);
  const { rollback } = deployment;
  return {
    ...brief,
    updatedAt: new Date(deployment.updatedAtMs),
    sourceServiceRevisions: deployment.sourceRevisionArns.map((arn) => ({ arn })),
    targetServiceRevision: { arn: targetServiceRevisionArn },
    rollback: rollback && {
      reason: rollback.reason,
      startedAt: new Date(rollback.startedAtMs),
      serviceRevisionArn: rollback.revisionArn,
    },
    deploymentConfiguration: deployment.configuration,
    deploymentCircuitBreaker: { ...deployment.breaker },
    alarms: deployment.alarms.alarmNames.length === 0 ? { status: deployment.alarms.status } : deployment.alarms,
  };
}

/** A service revision as DescribeServiceRevisions answers it; a digest is there once a task resolved the image. */
export function serviceRevisionView(service: Service, revision: ServiceRevision) {
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    taskDefinition: revision.taskDefinitionArn,
    containerImages: revision.images.map(({ containerName, image }) => ({
      containerName,
      image,
      imageDigest: revision.digests.get(containerName),
    })),
    launchType: revision.launchType,
    capacityProviderStrategy: revision.capacityProviderStrategy,
    platformVersion: revision.platformVersion,
    networkConfiguration: revision.networkConfiguration,
    loadBalancers: revision.loadBalancers,
    createdAt: new Date(revision.createdAtMs),
  };
}
