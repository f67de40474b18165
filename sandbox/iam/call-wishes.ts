import type { Wish } from '../model/identity-policy.ts';
import { ecs } from './resources/ecs.ts';
import { events, scheduler, sns, sqs } from './resources/messaging.ts';
import { applicationAutoscaling, cloudformation, lambda, logs } from './resources/operations.ts';
import { dynamodb, ecr, secretsmanager, ssm } from './resources/stores.ts';
import type { Input, Place, WishTable } from './wishes.ts';

/** Every operation that wants something of its own, by service. */
export const tables: Record<string, WishTable> = {
  'application-autoscaling': applicationAutoscaling,
  cloudformation,
  dynamodb,
  ecr,
  ecs,
  events,
  lambda,
  logs,
  scheduler,
  secretsmanager,
  sns,
  sqs,
  ssm,
};

/** What a call wants of IAM, as the service authorization reference has it. An operation that knows no resources wants `*`. */
export function wishesOf(service: string, operation: string, input: Input, place: Place): Wish[] {
  const action = `${service}:${operation}`;
  const wishes = tables[service]?.[operation]?.(input, place, action);
  return wishes ?? [{ action, resource: '*', context: {} }];
}
