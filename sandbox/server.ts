import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NoAnswer } from './call-faults.ts';
import type { CallRecord } from './call-record.ts';
import type { Clock } from './clock.ts';
import { isForDynamoDb } from './dynamodb.ts';
import { recordedDynamoDb } from './dynamodb-record.ts';
import type { ExtraMembers } from './protocol/extra-members.ts';
import { internalFailure } from './protocol/errors.ts';
import type { Answer, HttpRequest } from './protocol/exchange.ts';
import { models } from './protocol/models.ts';
import { recognise } from './protocol/recognise.ts';
import { type Signature, signatureOf } from './protocol/signature.ts';
import { AwsError } from './service.ts';
import type { World } from './world.ts';

export interface ServerOptions {
  clock: Clock;
  extras: ExtraMembers;
  account: string;
  region: string;
  /** Milliseconds that each AWS call takes longer. */
  latencyMs: number;
  world: () => World;
  record: (call: CallRecord) => void;
  /** Answers what lies under /_sandbox/. */
  control: (request: HttpRequest) => Promise<Answer>;
  requestId: () => string;
}

/** The one HTTP endpoint: AWS's protocols, DynamoDB, and the sandbox's own pages. */
export async function listen(port: number, options: ServerOptions): Promise<{ server: Server; endpoint: string }> {
  const server = createServer((request, response) => void serve(request, response, options));
  server.keepAliveTimeout = 0; // A warm function may come back on its connection after any real time.
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? taken(port, error) : error));
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function taken(port: number, cause: Error): Error {
  return new Error(`Port ${port} is taken: stop what uses it, or choose another with --port`, { cause });
}

async function serve(incoming: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  const isControl = incoming.url?.startsWith('/_sandbox') ?? false;
  const release = isControl ? undefined : options.clock.hold();
  response.once('close', () => release?.());
  try {
    const request = await read(incoming);
    if (isControl) return write(response, await options.control(request));
    await serveAws(request, response, options);
  } catch (error) {
    // Whatever goes wrong in the sandbox itself is answered, never left hanging.
    if (!response.headersSent)
      write(response, {
        status: 500,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ __type: 'InternalFailure', message: String(error) }),
      });
    else response.destroy();
  }
  return undefined;
}

async function serveAws(request: HttpRequest, response: ServerResponse, options: ServerOptions): Promise<void> {
  const startedMs = performance.now();
  response.sendDate = false;
  response.setHeader('date', options.clock.now().toUTCString());
  if (options.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
  const signature = signatureOf(request.headers['authorization'], request.query);
  const caller = options.world().callerOf(request);
  if (isForDynamoDb(request))
    return recordedDynamoDb(request, response, options.world().dynamodb, (part) =>
      options.record({ ...part, caller, startedMs, endedMs: performance.now() }),
    );
  const { answer, ...part } = await answerAws(request, { signature, caller }, options);
  options.record({ ...part, caller, startedMs, endedMs: performance.now() });
  if (answer === 'time-out') return undefined; // The caller gives up some time, and closes.
  if (answer === 'lose-answer') return void response.destroy();
  return write(response, answer);
}

async function answerAws(
  request: HttpRequest,
  { signature, caller }: { signature: Signature | undefined; caller: string },
  options: ServerOptions,
): Promise<Omit<CallRecord, 'caller' | 'startedMs' | 'endedMs'> & { answer: Answer | NoAnswer['kind'] }> {
  const exchange = recognise(request, { models, extras: options.extras, requestId: options.requestId(), signedFor: signature?.service });
  const { service, operation } = exchange;
  let input: Record<string, unknown> | undefined;
  try {
    input = exchange.input();
    const call = {
      account: options.account,
      region: signature?.region ?? options.region,
      now: options.clock.now(),
      accessKeyId: signature?.accessKeyId ?? '',
    };
    const { functions, guard, callFaults } = options.world();
    const lambda = functions.ofAccessKey(call.accessKeyId);
    if (lambda) guard.check(functions.actorOf(lambda), service, operation, input, call.region);
    const isLost = callFaults.meet(service, operation, caller);
    const output = await options.world().api.run(service, operation, input, call);
    if (isLost) throw new NoAnswer('lose-answer');
    return { service, operation, input, answer: exchange.answer(output) };
  } catch (error) {
    if (error instanceof NoAnswer) return { service, operation, input, error: error.name, answer: error.kind };
    const fault = error instanceof AwsError ? error : internalFailure(error);
    return { service, operation, input, error: fault.code, answer: exchange.refuse(fault) };
  }
}

async function read(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://sandbox');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return { method: incoming.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks) };
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}
