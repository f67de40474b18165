import * as z from 'zod/mini';
import { envelope, parseEvent } from './envelope.ts';
import { optionalInstant, optionalText, present } from './fields.ts';
import { serviceKeyOf } from './service-arn.ts';
import { masked } from '../domain/mask.ts';
import type { RolloutChange } from '../domain/rollout-change.ts';

const serviceEvent = z.extend(envelope, {
  'detail-type': z.enum(['ECS Deployment State Change', 'ECS Service Action']),
  resources: z.tuple([z.string().check(z.regex(/:service\/./, 'expected the ARN of a service'))], z.string()),
  detail: z.object({
    eventType: z.string(),
    eventName: z.string(),
    deploymentId: optionalText,
    clusterArn: optionalText,
    reason: optionalText,
    updatedAt: optionalInstant,
    createdAt: optionalInstant,
  }),
});

/** Reads `ECS Deployment State Change` and `ECS Service Action`. A service that cannot be told is no fault of the event: its flow says so and ends. */
export function parseRolloutChange(event: unknown): RolloutChange {
  const { 'detail-type': type, resources, detail, time } = parseEvent(serviceEvent, event);
  const service = serviceKeyOf(resources[0], detail.clusterArn);
  const unknownBecause = service === undefined ? `${resources[0]} names no cluster, and the event tells none` : undefined;
  return {
    service,
    about: type === 'ECS Deployment State Change' ? 'rollout' : 'service',
    eventName: detail.eventName,
    eventType: detail.eventType,
    ...present({ unknownBecause, rolloutId: detail.deploymentId, reason: detail.reason && masked(detail.reason) }),
    at: detail.updatedAt ?? detail.createdAt ?? time,
  };
}
