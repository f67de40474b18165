import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A local HTTP server in AWS's place. */
export interface LocalEndpoint {
  endpoint: string;
  stop: () => Promise<void>;
}

/** Starts the server on a free port; stopping ends open connections too. */
export async function startEndpoint(listener: RequestListener): Promise<LocalEndpoint> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** The body of a request, as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** What AWS's JSON protocol answers: an error is a body with its name in `__type`. */
export interface JsonAnswer {
  status?: number;
  /** An object, or text that is sent as it is. */
  body: object | string;
}

/** One request of AWS's JSON protocol: the operation's name and its input. */
export interface JsonRequest {
  operation: string;
  text: string;
}

/** Answers every request of AWS's JSON protocol by a function of its operation and input. */
export async function startJsonEndpoint(answer: (request: JsonRequest) => JsonAnswer): Promise<LocalEndpoint> {
  return await startEndpoint((request, response) => void answerJson(request, response, answer));
}

async function answerJson(request: IncomingMessage, response: ServerResponse, answer: (request: JsonRequest) => JsonAnswer): Promise<void> {
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
  const { status = 200, body } = answer({ operation, text: await bodyOf(request) });
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** An error as AWS's JSON protocol answers it. */
export function awsError(name: string, message: string, status = 400): JsonAnswer {
  return { status, body: { __type: name, message } };
}
