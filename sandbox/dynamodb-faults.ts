import type { ServerResponse } from 'node:http';
import { type CallFaults, NoAnswer } from './call-faults.ts';
import type { DynamoDb } from './dynamodb.ts';
import type { HttpRequest } from './protocol/exchange.ts';
import { AwsError } from './service.ts';

/** An engine whose calls go wrong as ordered. */
export function faulting(engine: DynamoDb, faults: CallFaults, callerOf: (request: HttpRequest) => string): DynamoDb {
  return {
    handle: (request, response) => {
      try {
        const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
        if (faults.meet('dynamodb', operation, callerOf(request))) loseAnswer(response);
        engine.handle(request, response);
      } catch (error) {
        if (error instanceof AwsError) refuse(response, error);
        else if (!(error instanceof NoAnswer)) throw error; // Nothing is answered until the caller gives up.
      }
    },
  };
}

function loseAnswer(response: ServerResponse): void {
  response.end = () => response.destroy();
}

function refuse(response: ServerResponse, { code, message, status }: AwsError): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message }));
}
