import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api.ts';
import { CallFaults } from './call-faults.ts';
import { createCloudFormation } from './cloudformation.ts';
import type { Package } from './cloudformation/package.ts';
import { createStack, type Stack } from './cloudformation/stack.ts';
import { createApplicationAutoScaling } from './application-auto-scaling.ts';
import type { Clock } from './clock.ts';
import { Deliveries } from './delivery.ts';
import { createTable, callDynamoDb } from './dynamodb-client.ts';
import { type DynamoDb, memoryEngine, remoteEngine } from './dynamodb.ts';
import type { Bus } from './events/bus.ts';
import { createEvents } from './events.ts';
import { faulting } from './dynamodb-faults.ts';
import { orderFault } from './fault-orders.ts';
import { createIam } from './iam.ts';
import type { Denial } from './iam/denial.ts';
import { Guard } from './iam/guard.ts';
import { Roles } from './iam/roles.ts';
import { guarding } from './iam/table-guard.ts';
import { Ids, seedNumber } from './ids.ts';
import { AsyncInvocations } from './lambda/async-invocation.ts';
import { Functions } from './lambda/functions.ts';
import type { LogLine } from './lambda/instance.ts';
import { createLambda } from './lambda.ts';
import { logWriter } from './lambda/function-logs.ts';
import { createLogs } from './logs.ts';
import type { HttpRequest } from './protocol/exchange.ts';
import { signatureOf } from './protocol/signature.ts';
import type { ExtraMembers } from './protocol/extra-members.ts';
import { createEcr } from './ecr.ts';
import { createEcs, type EcsBehaviour } from './ecs.ts';
import { createScheduler } from './scheduler.ts';
import { createSecretsManager } from './secrets-manager.ts';
import type { BusEvent, Call } from './service.ts';
import type { PublishedMessage } from './sns/publish.ts';
import { createSns } from './sns.ts';
import { createSqs, type Sqs } from './sqs.ts';
import { createSsm } from './ssm.ts';
import { createSts } from './sts.ts';

export interface WorldOptions {
  clock: Clock;
  extras: ExtraMembers;
  account: string;
  region: string;
  seed: string;
  /** Whether functions run one at a time. */
  serial: boolean;
  ecs: EcsBehaviour;
  endpoint: () => string;
  dynamodbEndpoint?: string;
  log: (line: LogLine) => void;
  published: (message: PublishedMessage) => void;
  denied: (denial: Denial) => void;
  warn: (text: string) => void;
}

/** Everything that a reset throws away: the account with its services and what is in them. */
export interface World {
  api: Api;
  bus: Bus;
  functions: Functions;
  /** Judges what functions do, by their roles. */
  guard: Guard;
  sqs: Sqs;
  stacks: Stack[];
  dynamodb: DynamoDb;
  /** Who made a request: the function, or the access key of anyone else. */
  callerOf: (request: HttpRequest) => string;
  call: (service: string, operation: string, input: object) => Promise<Record<string, unknown>>;
  /** Calls that go wrong for a while. */
  callFaults: CallFaults;
  /** Makes something go wrong that the models know, or refuses calls; answers what came of it. */
  fault: (order: unknown) => unknown;
  /** The bytes of a layer or a config of an image. */
  layer: (repository: string, digest: string) => Uint8Array | undefined;
  stop: () => Promise<void>;
}

/** An empty account. */
export function createWorld(options: WorldOptions): World {
  const { clock, account, region, extras, endpoint, warn } = options;
  const ids = new Ids(options.seed);
  const roles = new Roles(account);
  const guard = new Guard({ roles, account, region, denied: options.denied });
  const deliveries = new Deliveries(guard);
  const common = { clock, ids, account, region, deliveries, warn };
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-lambda-'));
  const logs = createLogs(common);
  const functions = new Functions({
    ...common,
    serial: options.serial,
    endpoint,
    keep: (lambda, stream) => logWriter(lambda, stream, { ...common, guard, store: logs.store }),
    log: options.log,
  });
  const invocations = new AsyncInvocations(functions, clock, ids, (lambda, arn, body, attributes) => {
    const fault = deliveries.deliver(arn, body, functions.actorOf(lambda), attributes);
    if (fault) warn(`A failed invocation was lost: ${fault.message}`);
  });
  const sqs = createSqs({ ...common, endpoint });
  const sns = createSns({
    ...common,
    endpoint,
    published: options.published,
    refused: ({ message }, { arn }) => warn(`Subscription ${arn} lost a message: ${message}`),
  });
  const lambda = createLambda({ ...common, roles, guard, functions, invocations, queues: sqs.queues, folder });
  const events = createEvents(common);
  const emit = (event: BusEvent): void => void events.bus.put(event);
  const ecr = createEcr({
    ...common,
    agenda: clock.agenda,
    emit,
    downloadUrl: (repository, digest) => `${endpoint()}/_sandbox/layers/${repository}/${digest}`,
  });
  const chances = { ...options.ecs, seed: seedNumber(options.seed) };
  const ecs = createEcs({ ...chances, ...common, logs: logs.store, agenda: clock.agenda, emit, images: ecr.model });
  const autoScaling = createApplicationAutoScaling({ ...common, model: ecs.model });
  deliveries.register('sqs', sqs.receiver);
  deliveries.register('sns', sns.receiver);
  deliveries.register('lambda', lambda.receiver);
  const stacks: Stack[] = [];
  const callFaults = new CallFaults();
  const engine = options.dynamodbEndpoint === undefined ? memoryEngine(account, region) : remoteEngine(options.dynamodbEndpoint);
  const callerOf = ({ headers, query }: HttpRequest): string => {
    const signature = signatureOf(headers['authorization'], query);
    return signature ? (functions.ofAccessKey(signature.accessKeyId)?.name ?? signature.accessKeyId) : 'anonymous';
  };
  const api = new Api(extras);
  const services = {
    ecs,
    ecr,
    sqs,
    sns,
    lambda,
    events,
    scheduler: createScheduler({ ...common, roles }),
    logs,
    ssm: createSsm(common),
    secretsmanager: createSecretsManager(common),
    'application-autoscaling': autoScaling,
    sts: createSts(account, functions),
    cloudformation: createCloudFormation(stacks),
    iam: createIam(roles),
  };
  for (const [name, service] of Object.entries(services)) api.add(name, service);
  return {
    api,
    bus: events.bus,
    functions,
    guard,
    sqs,
    stacks,
    dynamodb: guarding(faulting(engine, callFaults, callerOf), functions, guard),
    callFaults,
    callerOf,
    call: (service, operation, input) => callInside(service, operation, input, api, options),
    fault: (order) =>
      orderFault(order, { ecs, ecr, calls: callFaults, events: events.bus.faults, deliveries, policies: autoScaling.policies }),
    layer: (repository, digest) => ecr.model.repository(repository).layers.get(digest),
    stop: async () => {
      await functions.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Creates the stack of a packaged service in a world. */
export async function loadPackage(
  world: World,
  { stackName, template, artifact }: Package,
  { account, region, clock }: WorldOptions,
): Promise<void> {
  world.stacks.push(await createStack({ name: stackName, template, artifact, account, region, createdAt: clock.now(), call: world.call }));
}

async function callInside(
  service: string,
  operation: string,
  input: object,
  api: Api,
  { account, region, clock, endpoint }: WorldOptions,
): Promise<Record<string, unknown>> {
  if (service === 'dynamodb')
    return operation === 'CreateTable' ? createTable(endpoint(), region, input) : callDynamoDb(endpoint(), region, operation, input);
  const call: Call = { account, region, now: clock.now(), accessKeyId: 'sandbox' };
  // IAM has no protocol here, so it is called as it is.
  if (service === 'iam') return (await api.run(service, operation, input, call)) as Record<string, unknown>;
  return api.call(service, operation, input, call);
}
