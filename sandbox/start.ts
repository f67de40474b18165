import type { CallRecord } from './call-record.ts';
import type { Clock } from './clock.ts';
import type { Envelope } from './events/bus.ts';
import { Host } from './host.ts';
import type { Denial } from './iam/denial.ts';
import type { Grant } from './iam/guard.ts';
import type { LogLine } from './lambda/instance.ts';
import type { SandboxOptions } from './options.ts';
import type { PublishedMessage } from './sns/publish.ts';
import type { World } from './world.ts';

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
  /** Called back with each call that a function's role does not allow. */
  onDenied: (listener: (denial: Denial) => void) => () => void;
  /** Every action that the functions' roles allow, and how often each allowed a call. */
  grants: () => Grant[];
  /** Those that allowed one. */
  grantsUsed: () => Grant[];
  /** Calls an AWS operation in process, checked like any other. */
  call: World['call'];
  reset: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts a sandbox: an AWS of local parts, with the packaged service loaded unchanged. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host = new Host(options);
  await host.start();
  return {
    endpoint: host.endpoint,
    clock: host.clock,
    messages: host.messages,
    get world() {
      return host.world;
    },
    onCall: (listener) => host.calls.add(listener),
    onLog: (listener) => host.logs.add(listener),
    onMessage: (listener) => host.published.add(listener),
    onEvent: (listener) => host.events.add(listener),
    onDenied: (listener) => host.denials.add(listener),
    grants: () => host.grants(),
    grantsUsed: () => host.grants().filter(({ uses }) => uses > 0),
    call: (service, operation, input, as) => host.world.call(service, operation, input, as),
    reset: () => host.reset(),
    close: () => host.close(),
  };
}
