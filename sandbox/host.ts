import type { Server } from 'node:http';
import type { CallRecord } from './call-record.ts';
import { readPackage } from './cloudformation/package.ts';
import { Clock } from './clock.ts';
import { control } from './control.ts';
import type { Envelope } from './events/bus.ts';
import { Ids } from './ids.ts';
import type { LogLine } from './lambda/instance.ts';
import { Observers } from './observers.ts';
import type { Denial } from './iam/denial.ts';
import type { Grant } from './iam/guard.ts';
import type { PageFacts } from './page.ts';
import { ExtraMembers } from './protocol/extra-members.ts';
import { seedFleet } from './seed.ts';
import { listen } from './server.ts';
import type { PublishedMessage } from './sns/publish.ts';
import type { SandboxOptions } from './options.ts';
import type { WorldOptions } from './world/options.ts';
import { createWorld, loadPackage, type World } from './world.ts';

const messagesKept = 1000;
/** How long the fleet has been running when the packaged service is installed beside it. */
const fleetAgeMs = 3_600_000;

/** What stays through a reset: the endpoint, the clock, and whoever watches. */
export class Host {
  endpoint = '';
  readonly clock: Clock;
  readonly messages: PublishedMessage[] = [];
  readonly calls = new Observers<CallRecord>();
  readonly logs = new Observers<LogLine>();
  readonly published = new Observers<PublishedMessage>();
  readonly events = new Observers<Envelope>();
  readonly denials = new Observers<Denial>();
  world: World;
  #server: Server | undefined;
  readonly #options: SandboxOptions;
  readonly #worldOptions: WorldOptions;

  constructor(options: SandboxOptions) {
    const {
      account = '123456789012',
      region = 'eu-west-1',
      seed = 'sandbox',
      ecs = {},
      uncheckedLayers = false,
      warn = () => undefined,
      dynamodbEndpoint,
    } = options;
    this.#options = options;
    const startMs = (options.start ?? new Date()).getTime() - (this.#withFleet() ? fleetAgeMs : 0);
    this.clock = new Clock(new Date(startMs), options.speed ?? 0, (error) => warn(textOf(error)));
    this.#worldOptions = {
      clock: this.clock,
      extras: new ExtraMembers(options.extraMembers),
      account,
      region,
      seed,
      inTurn: (options.latencyMs ?? 0) === 0,
      ecs,
      uncheckedLayers,
      warn,
      endpoint: () => this.endpoint,
      log: (line) => this.logs.tell(line),
      published: (message) => this.#keep(message),
      denied: (denial) => this.#deny(denial, warn),
      ...(dynamodbEndpoint !== undefined && { dynamodbEndpoint }),
    };
    this.world = this.#emptyWorld();
  }

  /** Listens and fills the account; ends everything again where that fails. */
  async start(): Promise<void> {
    try {
      await this.#listen();
      await this.clock.during(() => this.#fill());
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Throws everything away and begins anew. */
  async reset(): Promise<void> {
    await this.clock.during(async () => {
      await this.world.stop();
      this.clock.restart();
      this.messages.length = 0;
      this.world = this.#emptyWorld();
      await this.#fill();
    });
  }

  /** What the roles of functions grant, and how often each grant was what allowed a call. */
  grants(): Grant[] {
    const { functions, guard } = this.world;
    return functions.all().flatMap((lambda) => guard.grantsOf(functions.actorOf(lambda)));
  }

  async close(): Promise<void> {
    this.clock.stop();
    const closed = new Promise<void>((resolve) => (this.#server ? this.#server.close(() => resolve()) : resolve()));
    this.#server?.closeAllConnections();
    await Promise.all([closed, this.world.stop()]);
  }

  async #listen(): Promise<void> {
    const { clock } = this;
    const { account, region, extras, seed } = this.#worldOptions;
    const requestIds = new Ids(`${seed}-requests`);
    const controls = {
      clock,
      reset: () => this.reset(),
      fault: (order: unknown) => this.world.fault(order),
      facts: () => this.#facts(),
      layer: (repository: string, digest: string) => this.world.layer(repository, digest),
      outside: () => this.world.outside,
      mails: () => this.messages.map(({ at, subject = '', message, topicArn }) => ({ at: at.toISOString(), subject, message, topicArn })),
    };
    const listening = await listen(this.#options.port ?? 0, {
      clock,
      extras,
      account,
      region,
      latencyMs: this.#options.latencyMs ?? 0,
      world: () => this.world,
      record: (call) => this.calls.tell(call),
      requestId: () => requestIds.uuid(),
      control: (request) => control(request, controls),
    });
    this.#server = listening.server;
    this.endpoint = listening.endpoint;
  }

  #emptyWorld(): World {
    const world = createWorld(this.#worldOptions);
    world.bus.onEvent((event) => this.events.tell(event));
    return world;
  }

  async #fill(): Promise<void> {
    if (this.#options.package === undefined) return;
    const packaged = readPackage(this.#options.package);
    if (this.#withFleet()) {
      await seedFleet(packaged.template, this.world, this.#worldOptions);
      await this.clock.letPass(this.clock.advance(fleetAgeMs));
    }
    await loadPackage(this.world, packaged, this.#worldOptions);
  }

  #withFleet(): boolean {
    return this.#options.package !== undefined && (this.#options.fleet ?? true);
  }

  #keep(message: PublishedMessage): void {
    this.messages.push(message);
    if (this.messages.length > messagesKept) this.messages.shift();
    this.published.tell(message);
  }

  #deny(denial: Denial, warn: (text: string) => void): void {
    warn(`${denial.caller} may not call ${denial.action} on ${denial.resource}: ${denial.why}`);
    this.denials.tell(denial);
  }

  #facts(): PageFacts {
    const { functions, bus, stacks } = this.world;
    return {
      now: this.clock.now().toISOString(),
      speed: String(this.clock.speed),
      endpoint: this.endpoint,
      services: this.world.api.services(),
      functions: functions.all().map(({ name }) => name),
      rules: [...bus.rules.keys()],
      stacks: stacks.map(({ name }) => name),
      messages: this.messages
        .slice(-20)
        .map(({ at, subject, message }) => ({ at: at.toISOString(), subject: subject ?? message.slice(0, 100) })),
    };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
