/** A container instance of a cluster, on which tasks of launch type EC2 run. */
export interface Host {
  arn: string;
  instanceId: string;
  availabilityZone: string;
}
