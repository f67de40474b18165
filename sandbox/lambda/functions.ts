import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { AwsError } from '../service.ts';
import type { Actor } from '../iam/guard.ts';
import { environmentOf, type LambdaFunction } from './function.ts';
import type { LogLine, Outcome } from './instance.ts';
import { Pool } from './pool.ts';
import type { Turns } from './turns.ts';

export interface FunctionsOptions {
  clock: Clock;
  ids: Ids;
  region: string;
  /** Whose call is next, of those that run side by side; absent: calls go as they come. */
  turns: Turns | undefined;
  /** Where the functions reach the sandbox. */
  endpoint: () => string;
  log: (line: LogLine) => void;
  /** Where the lines of an instance are kept, by its log stream. */
  keep: (lambda: LambdaFunction, stream: string) => (line: string) => void;
}

/** The functions of the account and their instances. */
export class Functions {
  /** True once the account is given up: nothing is run, and nothing tried again. */
  stopped = false;
  readonly #functions = new Map<string, { lambda: LambdaFunction; pool: Pool }>();
  readonly #options: FunctionsOptions;

  constructor(options: FunctionsOptions) {
    this.#options = options;
  }

  add(lambda: LambdaFunction): void {
    if (this.#functions.has(lambda.name)) throw new AwsError('ResourceConflictException', `Function already exist: ${lambda.name}`, 409);
    const { clock, ids, region, endpoint, turns } = this.#options;
    const pool = new Pool(lambda, () => {
      const logStream = `${clock.now().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${ids.hex(32)}`;
      return {
        time: clock.shared,
        environment: environmentOf(lambda, logStream, region, endpoint()),
        logStream,
        turns,
        log: this.#logger(lambda, logStream),
      };
    });
    this.#functions.set(lambda.name, { lambda, pool });
  }

  #logger(lambda: LambdaFunction, stream: string): (line: LogLine) => void {
    const keep = this.#options.keep(lambda, stream);
    return (line) => {
      this.#options.log(line);
      keep(line.line);
    };
  }

  all(): LambdaFunction[] {
    return [...this.#functions.values()].map(({ lambda }) => lambda);
  }

  /** Finds by name, partial or whole ARN, with or without a qualifier. */
  find(nameOrArn: string): LambdaFunction | undefined {
    return this.#functions.get(nameOf(nameOrArn))?.lambda;
  }

  get(nameOrArn: string): LambdaFunction {
    const lambda = this.find(nameOrArn);
    if (!lambda) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404, { Type: 'User' });
    return lambda;
  }

  /** Who a function is when its role is asked. */
  actorOf({ name, role }: LambdaFunction): Actor {
    return { name, role };
  }

  /** The function whose credentials signed a call. */
  ofAccessKey(accessKeyId: string): LambdaFunction | undefined {
    return this.all().find(({ credentials }) => credentials.accessKeyId === accessKeyId);
  }

  /** Whether a function may run once more at this moment, by the concurrency that is reserved for it. */
  hasRoom({ name }: LambdaFunction): boolean {
    return this.#functions.get(name)?.pool.hasRoom ?? false;
  }

  /** Runs a function and waits for it; sandbox time stands still meanwhile. */
  async invoke(name: string, requestId: string, event: unknown): Promise<Outcome> {
    const entry = this.#functions.get(name);
    if (!entry || this.stopped) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404, { Type: 'User' });
    return this.#options.clock.during(() => entry.pool.invoke(requestId, event));
  }

  /** Lets the functions go on while one of them, whose key signed a call, waits for what that call waits for. */
  async aside<T>(accessKeyId: string, waiting: Promise<T>): Promise<T> {
    const { turns } = this.#options;
    return turns && this.ofAccessKey(accessKeyId) ? turns.aside(waiting) : waiting;
  }

  /** A call will not be answered: where it is a function's, the others do not wait for it. */
  noAnswer(caller?: string): void {
    if (caller === undefined || this.#functions.has(caller)) this.#options.turns?.noAnswer();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.#functions.values()].map(({ pool }) => pool.stop()));
  }
}

function nameOf(nameOrArn: string): string {
  const parts = nameOrArn.split(':');
  const position = parts.indexOf('function');
  return position < 0 ? (parts[0] ?? '') : (parts[position + 1] ?? '');
}
