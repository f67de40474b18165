import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import type { Deployment } from './deployment.ts';
import type { Service } from './service.ts';

const mostEvents = 100;

/** Tells what happens to a service: on the bus, and in the service's own list of events. */
export class ServiceLog {
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Adds a line to the list, newest first, at most 100. */
  note(service: Service, text: string): void {
    const id = this.#surroundings.chance.uuid();
    const message = ['(service ', service.name, ') ', text].join(''); // Joined: up to a hundred of these are kept for each service.
    service.events.unshift({ id, createdAtMs: nowMs(this.#surroundings), message });
    if (service.events.length > mostEvents) service.events.pop();
  }

  /** `ECS Deployment State Change`, which carries neither cluster nor service but in its resource. */
  deployment(service: Service, deployment: Deployment, name: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'): void {
    this.#emit('ECS Deployment State Change', service, {
      eventType: name === 'FAILED' ? 'ERROR' : 'INFO',
      eventName: `SERVICE_DEPLOYMENT_${name}`,
      deploymentId: deployment.id,
      updatedAt: new Date(deployment.updatedAtMs).toISOString(),
      reason: deployment.rolloutStateReason,
    });
  }

  /** `ECS Service Action`. */
  action(service: Service, eventType: 'INFO' | 'WARN' | 'ERROR', eventName: string, members: Record<string, unknown> = {}): void {
    const createdAt = this.#surroundings.agenda.now().toISOString();
    this.#emit('ECS Service Action', service, { eventType, eventName, clusterArn: service.clusterArn, ...members, createdAt });
  }

  #emit(detailType: string, service: Service, detail: Record<string, unknown>): void {
    this.#surroundings.emit({ source: 'aws.ecs', 'detail-type': detailType, resources: [service.arn], detail });
  }
}
