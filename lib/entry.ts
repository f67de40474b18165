import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { PermanentError } from './errors.ts';

/** What an invocation gives to its flow; the shape of lib/ports/invocation.ts. */
interface Moment {
  id: string;
  now: Date;
  timeoutMs: number;
  remainingMs(): number;
  log(message: string, fields?: Record<string, unknown>): void;
}

/** What the AWS clients of this function ask before each call; told anew at each invocation. */
interface Budget {
  begin(remainingMs: () => number): void;
}

/**
 * What every Lambda does around its flow: hands in the instant and the time left, logs what went wrong, and throws it on. A fault that no
 * repetition mends is marked `permanent`; Lambda's own retries and the dead-letter queue do the rest. What the flow answers, the caller gets.
 */
export function entry<Answer>(flow: (event: unknown, moment: Moment) => Promise<Answer>, budget: Budget) {
  return middy({ timeoutEarlyInMillis: 0 })
    .before(({ context }) => budget.begin(() => context.getRemainingTimeInMillis()))
    .onError(({ error }) => console.error(describe(error))) // Answers nothing: middy throws the error on.
    .handler((event: unknown, context: Context) => flow(event, momentOf(context)));
}

function momentOf(context: Context): Moment {
  return {
    id: context.awsRequestId,
    now: new Date(),
    timeoutMs: context.getRemainingTimeInMillis(),
    remainingMs: () => context.getRemainingTimeInMillis(),
    log: (message, fields = {}) => console.info({ message, ...fields }),
  };
}

function describe(error: unknown): Record<string, unknown> {
  const fault = error instanceof Error ? error : new Error(String(error));
  const cause = fault.cause instanceof Error ? `${fault.cause.name}: ${fault.cause.message}` : undefined;
  return {
    message: 'the flow failed',
    permanent: fault instanceof PermanentError,
    error: fault.name,
    text: fault.message,
    cause,
    stack: fault.stack,
  };
}
