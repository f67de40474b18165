import type { ServiceKey } from '../domain/deployment.ts';
import type { StoppedTask } from '../domain/failure.ts';
import type { Digest } from '../domain/image.ts';
import type { ObservedService } from '../domain/service.ts';

/** ECS services as they are now. Reads are eventually consistent. */
export interface ServiceReader {
  /** Undefined: the service does not exist. An unknown cluster throws MissingError('cluster'). INACTIVE ones are answered as such. */
  read(service: ServiceKey): Promise<ObservedService | undefined>;
  /** Tasks of the service that stopped in the last hour or so, as far as ECS still tells. */
  stoppedTasks(service: ServiceKey): Promise<StoppedTask[]>;
  /** Container name → digest that the tasks of this revision run; what cannot be learnt is left out. */
  runningDigests(service: ServiceKey, taskDefinitionArn: string): Promise<Record<string, Digest>>;
}

/** What deploying and rolling back need of a service: how it is, and the one change. */
export interface ServiceRunner {
  read: ServiceReader['read'];
  /** Tells the service to run the revision, and nothing else: never a desired count. Answers the service as ECS tells it then. */
  run(service: ServiceKey, taskDefinitionArn: string): Promise<ObservedService>;
}

export interface Services extends ServiceReader, ServiceRunner {}
