import { createEvents } from '../events.ts';
import { seedNumber } from '../ids.ts';
import { AsyncInvocations } from '../lambda/async-invocation.ts';
import { logWriter } from '../lambda/function-logs.ts';
import { Functions } from '../lambda/functions.ts';
import { Turns } from '../lambda/turns.ts';
import { createLambda } from '../lambda.ts';
import { createScheduler } from '../scheduler.ts';
import { createSns } from '../sns.ts';
import { createSqs } from '../sqs.ts';
import type { Ground } from './ground.ts';
import type { WorldOptions } from './options.ts';

/** Functions, and what wakes them or carries what they say; each takes deliveries to its ARNs. */
export function createFunctionsAndMessages(ground: Ground, { seed, inTurn, log, published }: WorldOptions) {
  const { clock, ids, guard, logs, deliveries, warn } = ground;
  const keep: ConstructorParameters<typeof Functions>[0]['keep'] = (lambda, stream) =>
    logWriter(lambda, stream, { ...ground, guard, store: logs.store });
  const functions = new Functions({ ...ground, turns: inTurn ? new Turns(seedNumber(seed)) : undefined, keep, log });
  const invocations = new AsyncInvocations(functions, clock, ids, (lambda, arn, body, attributes) => {
    const fault = deliveries.deliver(arn, body, functions.actorOf(lambda), attributes);
    if (fault) warn(`A failed invocation was lost: ${fault.message}`);
  });
  const sqs = createSqs(ground);
  const sns = createSns({
    ...ground,
    published,
    refused: ({ message }, { arn }) => warn(`Subscription ${arn} lost a message: ${message}`),
  });
  const lambda = createLambda({ ...ground, functions, invocations, queues: sqs.queues });
  const events = createEvents(ground);
  const scheduler = createScheduler(ground);
  deliveries.register('sqs', sqs.receiver);
  deliveries.register('sns', sns.receiver);
  deliveries.register('lambda', lambda.receiver);
  return { functions, sqs, sns, lambda, events, scheduler };
}
