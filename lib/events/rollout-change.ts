import { envelope, parseEvent } from './envelope.ts';
import { oneOf, optionalInstant, optionalText, present, text, textLike } from './fields.ts';
import { first, object } from './parts.ts';
import { serviceKeyOf } from './service-arn.ts';
import { masked } from '../domain/mask.ts';
import type { RolloutChange } from '../domain/rollout-change.ts';

const serviceEvent = object({
  ...envelope,
  'detail-type': oneOf('ECS Deployment State Change', 'ECS Service Action'),
  resources: first(textLike(/:service\/./, 'the ARN of a service')),
  detail: object({
    eventType: text,
    eventName: text,
    deploymentId: optionalText,
    clusterArn: optionalText,
    reason: optionalText,
    updatedAt: optionalInstant,
    createdAt: optionalInstant,
  }),
});

/** Reads `ECS Deployment State Change` and `ECS Service Action`. A service that cannot be told is no fault of the event: its flow says so and ends. */
export function parseRolloutChange(event: unknown): RolloutChange {
  const { 'detail-type': type, resources: arn, detail, time } = parseEvent(serviceEvent, event);
  const service = serviceKeyOf(arn, detail.clusterArn);
  const unknownBecause = service === undefined ? `${arn} names no cluster, and the event tells none` : undefined;
  return {
    service,
    about: type === 'ECS Deployment State Change' ? 'rollout' : 'service',
    eventName: detail.eventName,
    eventType: detail.eventType,
    ...present({ unknownBecause, rolloutId: detail.deploymentId, reason: detail.reason && masked(detail.reason) }),
    at: detail.updatedAt ?? detail.createdAt ?? time,
  };
}
