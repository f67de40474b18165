import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import dynalite from 'dynalite';
import { endIterators } from './dynamodb-iterators.ts';
import { keepCopies } from './dynamodb-store.ts';
import type { HttpRequest } from './protocol/exchange.ts';

/** A real engine that answers DynamoDB's calls. */
export interface DynamoDb {
  handle(request: HttpRequest, response: ServerResponse): void;
}

/** Whether a request is one for DynamoDB. */
export function isForDynamoDb({ headers }: HttpRequest): boolean {
  return headers['x-amz-target']?.startsWith('DynamoDB_') ?? false;
}

/** Dynalite, in memory, on the sandbox's own port. */
export function memoryEngine(account: string, region: string): DynamoDb {
  endIterators();
  keepCopies();
  const engine = inEnvironment({ AWS_ACCOUNT_ID: account, AWS_REGION: region }, () => dynalite({ createTableMs: 0 }));
  return {
    handle: ({ method, path, headers, body }, response) => {
      // The body was read before; the engine gets a request that it can read again.
      engine.emit('request', Object.assign(Readable.from([body]), { method, url: path, headers }), response);
    },
  };
}

/** Another engine, DynamoDB Local say, reached over HTTP. */
export function remoteEngine(endpoint: string): DynamoDb {
  return { handle: (request, response) => void forward(endpoint, request, response) };
}

async function forward(endpoint: string, { method, path, headers, body }: HttpRequest, response: ServerResponse): Promise<void> {
  try {
    const kept = Object.entries(headers).filter(
      ([name, value]) => value !== undefined && !['host', 'connection', 'content-length'].includes(name),
    ) as [string, string][];
    const answer = await fetch(new URL(path, endpoint), { method, headers: kept, body: new Uint8Array(body) });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: 'InternalServerError', message: `No DynamoDB at ${endpoint}: ${String(error)}` }));
  }
}

/** Dynalite takes account and region from the environment, once, while it is made. */
function inEnvironment<T>(variables: Record<string, string>, make: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return make();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
