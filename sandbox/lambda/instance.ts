import { Worker } from 'node:worker_threads';
import type { LambdaFunction } from './function.ts';
import type { HostMessage, Invocation, InvocationError, WorkerMessage, WorkerSettings } from './messages.ts';
import type { Run, Turns } from './turns.ts';

import { compiledOf } from './unpacked.ts';

/** What came of an invocation: the answer as JSON, or the error, and what was logged meanwhile. */
export type Outcome = ({ payload: string } | { error: InvocationError }) & { log?: readonly string[] };

export interface LogLine {
  function: string;
  level: string;
  /** As Lambda's runtime writes it: JSON or text. */
  line: string;
}

/** What an instance needs beside its function. */
export interface Host {
  time: Float64Array;
  environment: Record<string, string>;
  logStream: string;
  log: (line: LogLine) => void;
  /** Whose call is next; absent: calls go as they come. */
  turns: Turns | undefined;
}

/** One execution environment of a function: a worker thread that loads the bundle once and handles one event at a time. */
export class Instance {
  /** False once the thread has ended: it handles nothing any more. */
  alive = true;
  readonly #worker: Worker;
  readonly #lambda: LambdaFunction;
  readonly #logStream: string;
  readonly #started: Promise<InvocationError | undefined>;
  #settle: (outcome: Outcome) => void = () => undefined;
  #lines: string[] = [];
  readonly #turns: Turns | undefined;
  #run: Run | undefined;
  /** It asked for a turn after its last event was handled, and gets it with the next. */
  #waits = false;
  #requestId = '';

  constructor(lambda: LambdaFunction, host: Host) {
    this.#lambda = lambda;
    this.#logStream = host.logStream;
    this.#turns = host.turns;
    const workerData: WorkerSettings = {
      time: host.time,
      codeFolder: lambda.codeFolder,
      handler: lambda.handler,
      logFormat: lambda.logFormat,
      logLevel: lambda.logLevel,
      inTurn: host.turns !== undefined,
    };
    // The flags are those with which Lambda runs Node 24.
    const execArgv = ['--no-experimental-require-module', '--no-experimental-detect-module'];
    this.#worker = new Worker(new URL('worker.ts', import.meta.url), {
      workerData,
      env: { ...host.environment, NODE_COMPILE_CACHE: compiledOf(lambda.codeFolder) }, // The worker takes it back before the function sees it.
      execArgv,
      stdout: true,
      stderr: true,
    });
    this.#capture(host);
    this.#started = this.#listen(host);
  }

  /** Handles one event; kills the thread when its time is over. */
  async invoke(requestId: string, event: unknown): Promise<Outcome> {
    this.#run = this.#turns?.begin({ go: () => this.#post({ kind: 'go' }), noAnswer: () => this.#post({ kind: 'no-answer' }) });
    this.#requestId = requestId;
    if (this.#waits) this.#run?.waits();
    this.#waits = false;
    try {
      return await this.#handle(requestId, event);
    } finally {
      this.#run?.end();
      this.#run = undefined;
    }
  }

  async #handle(requestId: string, event: unknown): Promise<Outcome> {
    const failed = await this.#started;
    if (failed) return { error: failed };
    const { name, arn, memoryMb, timeoutMs, logGroup } = this.#lambda;
    const invocation: Invocation = {
      requestId,
      event,
      functionName: name,
      functionArn: arn,
      memoryMb,
      timeoutMs,
      logGroup,
      logStream: this.#logStream,
    };
    this.#lines = [];
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#timeOut(), timeoutMs);
      this.#settle = (outcome) => {
        clearTimeout(timer);
        resolve({ ...outcome, log: this.#lines });
      };
      this.#post({ kind: 'invoke', invocation });
    });
  }

  #post(message: HostMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- The rule means a browser's window; node:worker_threads takes no origin.
    this.#worker.postMessage(message);
  }

  async stop(): Promise<void> {
    this.alive = false;
    await this.#worker.terminate();
  }

  #timeOut(): void {
    const seconds = (this.#lambda.timeoutMs / 1000).toFixed(2);
    this.#settle({
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${this.#requestId} Error: Task timed out after ${seconds} seconds`,
      },
    });
    void this.stop();
  }

  #wait(): void {
    if (this.#run) this.#run.waits();
    else this.#waits = true;
  }

  #log(log: Host['log'], { level, line }: Omit<LogLine, 'function'>): void {
    this.#lines.push(line);
    log({ function: this.#lambda.name, level, line });
  }

  #capture({ log }: Host): void {
    for (const [stream, level] of [
      [this.#worker.stdout, 'info'],
      [this.#worker.stderr, 'error'],
    ] as const) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n').filter(Boolean)) log({ function: this.#lambda.name, level, line });
      });
    }
  }

  /** Answers once the bundle is loaded: with the error, where it did not load. */
  #listen({ log }: Host): Promise<InvocationError | undefined> {
    return new Promise((started) => {
      const end = (error: InvocationError): void => {
        this.alive = false;
        started(error);
        this.#settle({ error });
      };
      this.#worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'ready') started(undefined);
        else if (message.kind === 'failed-to-start') end(message.error);
        else if (message.kind === 'log') this.#log(log, message);
        else if (message.kind === 'waits') this.#wait();
        else if (message.kind === 'overslept') this.#timeOut();
        else this.#settle(message.kind === 'returned' ? { payload: message.payload } : { error: message.error });
      });
      this.#worker.on('error', (error) =>
        end({ errorType: 'Runtime.UnhandledError', errorMessage: error instanceof Error ? error.message : String(error) }),
      );
      this.#worker.on('exit', (code) =>
        end({ errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: exit status ${code}` }),
      );
    });
  }
}
