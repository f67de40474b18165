/** What ECS records of one attempt to bring a service to a revision. */
export interface ServiceDeployment {
  arn: string;
  /** The rollout (`ecs-svc/…`) that it began with. */
  deploymentId: string;
  status: ServiceDeploymentStatus;
  statusReason: string | undefined;
  createdAtMs: number;
  /** When the scheduler took it up. */
  startedAtMs?: number;
  updatedAtMs: number;
  finishedAtMs?: number;
  targetRevisionArn: string;
  sourceRevisionArns: string[];
  configuration: Record<string, unknown>;
  breaker: { status: 'TRIGGERED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'DISABLED'; failureCount: number; threshold: number };
  alarms: { status: 'TRIGGERED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'DISABLED'; alarmNames: string[]; triggeredAlarmNames: string[] };
  rollback?: { reason: string; startedAtMs: number; revisionArn: string };
}

export type ServiceDeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'STOP_REQUESTED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

/** The workload of a service as one deployment rolled it out, with the digests that were pinned. */
export interface ServiceRevision {
  arn: string;
  taskDefinitionArn: string;
  createdAtMs: number;
  images: { containerName: string; image: string }[];
  /** Shared with the deployment, which fills it in when tags are resolved. */
  digests: ReadonlyMap<string, string>;
  launchType: string | undefined;
  capacityProviderStrategy: unknown;
  platformVersion: string | undefined;
  networkConfiguration: unknown;
  loadBalancers: unknown;
}
