import type { ServerResponse } from 'node:http';
import type { DynamoDb } from './dynamodb.ts';
import type { HttpRequest } from './protocol/exchange.ts';

interface Recorded {
  service: string;
  operation: string;
  input: unknown;
  error?: string;
}

/** Lets the engine answer, and tells what was asked and with which error it was answered. */
export function recordedDynamoDb(request: HttpRequest, response: ServerResponse, engine: DynamoDb, record: (call: Recorded) => void): void {
  const call = { service: 'dynamodb', operation: request.headers['x-amz-target']?.split('.')[1] ?? '', input: parse(request.body) };
  let body = '';
  const end = response.end.bind(response) as (...parts: unknown[]) => ServerResponse;
  response.end = (...parts: unknown[]) => {
    if (typeof parts[0] === 'string' || Buffer.isBuffer(parts[0])) body = parts[0].toString();
    record(response.statusCode < 400 ? call : { ...call, error: errorOf(body) });
    return end(...parts);
  };
  engine.handle(request, response);
}

function errorOf(body: string): string {
  const { __type: type = '' } = parse(body) as { __type?: string };
  return type.split('#').at(-1) || 'InternalFailure';
}

function parse(text: Buffer | string): object {
  try {
    return JSON.parse(text.toString()) as object;
  } catch {
    return {};
  }
}
