// The inside of a worker thread: what Lambda's runtime is to a function. It stands alone, since it must replace Date before anything else loads.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { captureConsole } from './console.ts';
import { atRest, goInTurn } from './in-turn.ts';
import type { HostMessage, Invocation, InvocationError, WorkerMessage, WorkerSettings } from './messages.ts';
import { fetchFromOutside } from './outside-fetch.ts';
import { replaceDate } from './sandbox-date.ts';
import { Turnstile } from './turnstile.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const settings = workerData as WorkerSettings;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- The rule means a browser's window; node:worker_threads takes no origin.
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);
const turnstile = new Turnstile({ rest: atRest, ask: () => tell({ kind: 'waits' }) });
const realTime = performance.now.bind(performance);
let requestId = '';

delete process.env['NODE_COMPILE_CACHE'];
replaceDate(settings.time);
globalThis.fetch = fetchFromOutside(process.env['AWS_ENDPOINT_URL'] ?? '', globalThis.fetch);
if (settings.inTurn) goInTurn(turnstile);
parentPort?.on('message', ({ kind }: HostMessage) => {
  if (kind === 'go') turnstile.go();
  if (kind === 'no-answer') turnstile.noAnswer();
});
for (const [stream, level] of [
  [process.stdout, 'info'],
  [process.stderr, 'error'],
] as const) {
  // Through the port like everything else, so that what was written comes before the answer.
  stream.write = (text: string | Uint8Array) => {
    for (const line of Buffer.from(text as string)
      .toString()
      .split('\n')
      .filter(Boolean))
      tell({ kind: 'log', line, level });
    return true;
  };
}
captureConsole(
  settings,
  () => requestId,
  (line, level) => tell({ kind: 'log', line, level }),
);

try {
  const handler = await loadHandler(settings);
  parentPort?.on('message', (message: HostMessage) => {
    if (message.kind === 'invoke') void handle(handler, message.invocation);
  });
  tell({ kind: 'ready' });
} catch (error) {
  tell({ kind: 'failed-to-start', error: asInvocationError(error) });
}

async function loadHandler({ codeFolder, handler }: WorkerSettings): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const base = join(codeFolder, handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((extension) => base + extension).find((path) => existsSync(path));
  if (file === undefined) throw named('Runtime.ImportModuleError', `Cannot find module '${handler.slice(0, dot)}'`);
  const loaded = (file.endsWith('.mjs') ? await import(pathToFileURL(file).href) : createRequire(file)(file)) as Record<string, unknown>;
  const found = loaded[handler.slice(dot + 1)];
  if (typeof found !== 'function') throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  // Node 24 on Lambda refuses handlers with a callback.
  if (found.length >= 3) throw named('Runtime.CallbackHandlerDeprecated', 'Callback-based handlers are not supported; return a promise');
  return found as Handler;
}

async function handle(handler: Handler, invocation: Invocation): Promise<void> {
  ({ requestId } = invocation);
  const untilMs = passedMs() + invocation.timeoutMs;
  turnstile.woken = () => {
    if (passedMs() > untilMs) tell({ kind: 'overslept' });
  };
  try {
    const result = await handler(invocation.event, contextOf(invocation));
    if (settings.inTurn) await atRest(); // What it left undone begins before it stands still.
    tell({ kind: 'returned', requestId, payload: JSON.stringify(result ?? null) });
  } catch (error) {
    const told = asInvocationError(error);
    console.error(error instanceof Error ? error : told);
    tell({ kind: 'threw', requestId, error: told });
  }
}

function contextOf(invocation: Invocation): Record<string, unknown> {
  const beganMs = passedMs(); // Time-outs count real time, and what was slept.
  return {
    awsRequestId: invocation.requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: invocation.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: invocation.functionArn,
    memoryLimitInMB: String(invocation.memoryMb),
    logGroupName: invocation.logGroup,
    logStreamName: invocation.logStream,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(invocation.timeoutMs - (passedMs() - beganMs))),
  };
}

function passedMs(): number {
  return realTime() + turnstile.sleptMs;
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function asInvocationError(error: unknown): InvocationError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
