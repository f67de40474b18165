import type { DynamoDb } from '../dynamodb.ts';
import type { Functions } from '../lambda/functions.ts';
import type { HttpRequest } from '../protocol/exchange.ts';
import { signatureOf } from '../protocol/signature.ts';
import { AwsError } from '../service.ts';
import type { Guard } from './guard.ts';
import type { Input } from './wishes.ts';

/** An engine whose calls by functions are judged by their roles. */
export function guarding(engine: DynamoDb, functions: Functions, guard: Guard): DynamoDb {
  return {
    handle: (request, response) => {
      const denied = denialOf(request, functions, guard);
      if (!denied) return engine.handle(request, response);
      response.writeHead(denied.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: `com.amazon.coral.service#${denied.code}`, Message: denied.message }));
      return undefined;
    },
  };
}

function denialOf({ headers, query, body }: HttpRequest, functions: Functions, guard: Guard): AwsError | undefined {
  const lambda = functions.ofAccessKey(signatureOf(headers['authorization'], query)?.accessKeyId ?? '');
  if (!lambda) return undefined;
  try {
    guard.check(functions.actorOf(lambda), 'dynamodb', headers['x-amz-target']?.split('.')[1] ?? '', inputOf(body));
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** What is no JSON is left to the engine to refuse. */
function inputOf(body: Buffer): Input {
  try {
    return JSON.parse(body.toString('utf8')) as Input;
  } catch {
    return {};
  }
}
