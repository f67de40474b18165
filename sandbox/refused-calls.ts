import type { DynamoDb } from './dynamodb.ts';
import { AwsError } from './service.ts';

interface Refusal {
  times: number;
  error: string;
}

/**
 * Calls that are answered with an error for a while, without effect: the next so many of an operation, `{ operation: 'ecs:UpdateService', times: 2 }`,
 * throttled unless another `error` is named. `times: 0` ends it.
 */
export class RefusedCalls {
  readonly #refusals = new Map<string, Refusal>();

  order({ operation = '', times, error = 'ThrottlingException' }: { operation?: string; times?: number; error?: string }): {
    done: string;
  } {
    if (!/^[a-z]+:[A-Z]\w+$/.test(operation))
      throw new Error(`An operation is service:Name, such as ecs:UpdateService; found ${operation}`);
    if (times === undefined || !(times >= 0)) throw new Error(`times is how many calls are refused, 0 for none; found ${times}`);
    this.#refusals.set(operation, { times, error });
    return { done: `${operation} is refused ${times} times with ${error}` };
  }

  /** Throws where the call is one of those. */
  check(service: string, operation: string): void {
    const refusal = this.#refusals.get(`${service}:${operation}`);
    if (!refusal || refusal.times === 0) return;
    refusal.times--;
    throw new AwsError(
      refusal.error,
      refusal.error === 'ThrottlingException' ? 'Rate exceeded' : `The sandbox was told to refuse ${operation}`,
    );
  }
}

/** An engine whose calls are refused likewise. */
export function refusing(engine: DynamoDb, refused: RefusedCalls): DynamoDb {
  return {
    handle: (request, response) => {
      try {
        refused.check('dynamodb', request.headers['x-amz-target']?.split('.')[1] ?? '');
      } catch (error) {
        const { code, message } = error as AwsError;
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message }));
        return;
      }
      engine.handle(request, response);
    },
  };
}
