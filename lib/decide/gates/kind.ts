import { pass, type Gate } from './gate.ts';
import type { Reason } from '../../domain/reason.ts';
import type { ObservedService } from '../../domain/service.ts';

/** Only services that exist, are active, and are rolled by ECS itself are deployed to (design, section 4: kinds of service). */
export const kindGate: Gate = ({ head, service }) => {
  const obstacle = obstacleOf(service, head.service);
  return obstacle === undefined ? pass : { answer: 'reject', reason: obstacle };
};

/** Why a service cannot be deployed to at all; undefined when it can. */
export function obstacleOf(service: ObservedService | undefined, key: string): Reason | undefined {
  if (service === undefined) return { code: 'service-missing', text: `ECS knows no service ${key}` };
  if (service.status !== 'ACTIVE') return { code: 'service-inactive', text: `the service ${key} is ${service.status}` };
  if (service.controller !== 'ECS')
    return { code: 'unsupported-kind', text: `services with deployment controller ${service.controller} are not deployed to` };
  if (service.strategy !== 'ROLLING')
    return { code: 'unsupported-kind', text: `services with deployment strategy ${service.strategy} are not deployed to` };
  return undefined;
}
