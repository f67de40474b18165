import { type CallRecord } from './call-record.ts';
import { readPackage } from './cloudformation/package.ts';
import { Clock } from './clock.ts';
import { control } from './control.ts';
import type { Envelope } from './events/bus.ts';
import { Ids } from './ids.ts';
import type { LogLine } from './lambda/instance.ts';
import { Observers } from './observers.ts';
import type { PageFacts } from './page.ts';
import { ExtraMembers } from './protocol/extra-members.ts';
import { seedFleet } from './seed.ts';
import { listen } from './server.ts';
import type { PublishedMessage } from './sns/publish.ts';
import { createWorld, loadPackage, type World, type WorldOptions } from './world.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Folder of the packaged service, `.serverless` say; without it the account is empty. */
  package?: string;
  /** Sandbox seconds a real second at most. 0, the default, stands still until it is moved. */
  speed?: number;
  /** When the sandbox's time begins; default: now. */
  start?: Date;
  /** Milliseconds that each AWS call takes longer. */
  latencyMs?: number;
  extraMembers?: string[];
  dynamodbEndpoint?: string;
  account?: string;
  region?: string;
  /** The same seed gives the same ids in the same order. */
  seed?: string;
  /** Whether clusters, repositories and services of the packaged configuration are there from the beginning; default: they are. */
  fleet?: boolean;
  /** Where the sandbox says what was lost or went wrong; default: nowhere. */
  warn?: (text: string) => void;
}

/** A running sandbox, used in process. */
export interface Sandbox {
  endpoint: string;
  clock: Clock;
  /** Everything of the account; another one after a reset. */
  readonly world: World;
  /** The latest messages that were published to topics, oldest first. */
  readonly messages: readonly PublishedMessage[];
  onCall: (listener: (call: CallRecord) => void) => () => void;
  onLog: (listener: (line: LogLine) => void) => () => void;
  onMessage: (listener: (message: PublishedMessage) => void) => () => void;
  onEvent: (listener: (event: Envelope) => void) => () => void;
  /** Calls an AWS operation in process, checked like any other. */
  call: World['call'];
  reset: () => Promise<void>;
  close: () => Promise<void>;
}

const messagesKept = 1000;
/** How long the fleet has been running when the packaged service is installed beside it. */
const fleetAgeMs = 3_600_000;

/** Starts a sandbox: an AWS of local parts, with the packaged service loaded unchanged. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { account = '123456789012', region = 'eu-west-1', seed = 'sandbox', warn = () => undefined } = options;
  const [calls, logs, published, events] = [
    new Observers<CallRecord>(),
    new Observers<LogLine>(),
    new Observers<PublishedMessage>(),
    new Observers<Envelope>(),
  ];
  const messages: PublishedMessage[] = [];
  published.add((message) => {
    messages.push(message);
    if (messages.length > messagesKept) messages.shift();
  });
  const withFleet = options.package !== undefined && (options.fleet ?? true);
  const start = (options.start ?? new Date()).getTime() - (withFleet ? fleetAgeMs : 0);
  const clock = new Clock(new Date(start), options.speed ?? 0, (error) =>
    warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  const extras = new ExtraMembers(options.extraMembers);
  const requestIds = new Ids(`${seed}-requests`);
  let endpoint = '';
  const worldOptions: WorldOptions = {
    ...{
      clock,
      extras,
      account,
      region,
      seed,
      warn,
      endpoint: () => endpoint,
      log: (line) => logs.tell(line),
      published: (message) => published.tell(message),
    },
    ...(options.dynamodbEndpoint !== undefined && { dynamodbEndpoint: options.dynamodbEndpoint }),
  };
  const make = (): World => {
    const made = createWorld(worldOptions);
    made.bus.onEvent((event) => events.tell(event));
    return made;
  };
  const fill = async (filled: World): Promise<void> => {
    if (options.package === undefined) return;
    const packaged = readPackage(options.package);
    if (withFleet) {
      await seedFleet(packaged.template, filled, { account, region });
      await clock.letPass(clock.advance(fleetAgeMs));
    }
    await loadPackage(filled, packaged, worldOptions);
  };
  let world = make();
  const reset = async (): Promise<void> => {
    await clock.during(async () => {
      await world.stop();
      clock.restart();
      messages.length = 0;
      world = make();
      await fill(world);
    });
  };
  const facts = (): PageFacts => ({
    now: clock.now().toISOString(),
    speed: String(clock.speed),
    endpoint,
    functions: world.functions.all().map(({ name }) => name),
    rules: [...world.bus.rules.keys()],
    stacks: world.stacks.map(({ name }) => name),
    messages: messages.slice(-20).map(({ at, subject, message }) => ({ at: at.toISOString(), subject: subject ?? message.slice(0, 100) })),
  });
  const listening = await listen(options.port ?? 0, {
    ...{
      clock,
      extras,
      account,
      region,
      latencyMs: options.latencyMs ?? 0,
      world: () => world,
      record: (call) => calls.tell(call),
      requestId: () => requestIds.uuid(),
    },
    control: (request) =>
      control(request, {
        clock,
        reset,
        fault: (order) => world.fault(order),
        facts,
        layer: (repository, digest) => world.layer(repository, digest),
      }),
  }).catch(async (error: unknown) => {
    clock.stop();
    await world.stop();
    throw error;
  });
  ({ endpoint } = listening);
  const close = async (): Promise<void> => {
    clock.stop();
    const closed = new Promise((resolve) => listening.server.close(resolve));
    listening.server.closeAllConnections();
    await Promise.all([closed, world.stop()]);
  };
  try {
    await clock.during(() => fill(world));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    endpoint,
    clock,
    messages,
    get world() {
      return world;
    },
    onCall: (listener) => calls.add(listener),
    onLog: (listener) => logs.add(listener),
    onMessage: (listener) => published.add(listener),
    onEvent: (listener) => events.add(listener),
    call: (service, operation, input) => world.call(service, operation, input),
    reset,
    close,
  };
}
