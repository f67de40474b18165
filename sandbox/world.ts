import { Api } from './api.ts';
import { CallFaults } from './call-faults.ts';
import { createCloudFormation } from './cloudformation.ts';
import type { Package } from './cloudformation/package.ts';
import { createStack, type Stack } from './cloudformation/stack.ts';
import { callDynamoDb, createTable } from './dynamodb-client.ts';
import { faulting } from './dynamodb-faults.ts';
import { type DynamoDb, memoryEngine, remoteEngine } from './dynamodb.ts';
import type { Bus } from './events/bus.ts';
import { orderFault } from './fault-orders.ts';
import { createIam } from './iam.ts';
import type { Guard } from './iam/guard.ts';
import { guarding } from './iam/table-guard.ts';
import type { Roles } from './iam/roles.ts';
import type { Functions } from './lambda/functions.ts';
import { Outside } from './outside/outside.ts';
import type { HttpRequest } from './protocol/exchange.ts';
import { signatureOf } from './protocol/signature.ts';
import { createSecretsManager } from './secrets-manager.ts';
import type { Call } from './service.ts';
import type { Sqs } from './sqs.ts';
import { createSsm } from './ssm.ts';
import { createSts } from './sts.ts';
import { createContainers } from './world/containers.ts';
import { createFunctionsAndMessages } from './world/functions-and-messages.ts';
import { createGround } from './world/ground.ts';
import type { WorldOptions } from './world/options.ts';

/** Whose access key signs a call, and for which region. */
export interface Caller {
  accessKeyId?: string;
  region?: string;
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
  /** `as`: by another account, in another region. */
  call: (service: string, operation: string, input: object, as?: Caller) => Promise<Record<string, unknown>>;
  /** Calls that go wrong for a while. */
  callFaults: CallFaults;
  /** Makes something go wrong that the models know, or refuses calls; answers what came of it. */
  fault: (order: unknown) => unknown;
  /** The bytes of a layer or a config of an image. */
  layer: (repository: string, digest: string) => Uint8Array | undefined;
  /** Hosts that are no AWS: Slack, and whoever else is sent something. */
  outside: Outside;
  stop: () => Promise<void>;
}

/** An empty account. */
export function createWorld(options: WorldOptions): World {
  const { account, extras } = options;
  const ground = createGround(options);
  const { guard, roles, deliveries } = ground;
  const { functions, sqs, sns, lambda, events, scheduler } = createFunctionsAndMessages(ground, options);
  const { ecr, ecs, autoScaling } = createContainers(ground, options, events.bus, (accessKeyId) => roleOf(accessKeyId, functions, roles));
  const stacks: Stack[] = [];
  const calls = new CallFaults((caller) => functions.noAnswer(caller));
  const outside = new Outside(
    () => options.clock.now(),
    () => functions.noAnswer(),
  );
  const callerOf = (request: HttpRequest): string => callerOfRequest(request, functions);
  const api = new Api(extras, {
    ecs,
    ecr,
    sqs,
    sns,
    lambda,
    events,
    scheduler,
    logs: ground.logs,
    ssm: createSsm(ground),
    secretsmanager: createSecretsManager(ground),
    'application-autoscaling': autoScaling,
    sts: createSts(account, functions),
    cloudformation: createCloudFormation(stacks),
    iam: createIam(roles),
  });
  return {
    api,
    bus: events.bus,
    functions,
    guard,
    sqs,
    stacks,
    callFaults: calls,
    callerOf,
    dynamodb: guarding(faulting(engineOf(options), calls, callerOf), functions, guard),
    call: (service, operation, input, as = {}) => callInside(service, operation, input, api, { ...options, ...as }),
    fault: (order) =>
      orderFault(order, { ecs, ecr, calls, events: events.bus.faults, deliveries, policies: autoScaling.policies, outside }),
    outside,
    layer: (repository, digest) => ecr.registries.layer(repository, digest),
    stop: () => functions.stop(),
  };
}

function engineOf({ dynamodbEndpoint, account, region }: WorldOptions): DynamoDb {
  return dynamodbEndpoint === undefined ? memoryEngine(account, region) : remoteEngine(dynamodbEndpoint);
}

function roleOf(accessKeyId: string, functions: Functions, roles: Roles): string | undefined {
  const lambda = functions.ofAccessKey(accessKeyId);
  return lambda && roles.find(functions.actorOf(lambda).role)?.arn;
}

function callerOfRequest({ headers, query }: HttpRequest, functions: Functions): string {
  const signature = signatureOf(headers['authorization'], query);
  return signature ? (functions.ofAccessKey(signature.accessKeyId)?.name ?? signature.accessKeyId) : 'anonymous';
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
  { account, region, clock, endpoint, accessKeyId = 'sandbox' }: WorldOptions & Caller,
): Promise<Record<string, unknown>> {
  if (service === 'dynamodb')
    return operation === 'CreateTable' ? createTable(endpoint(), region, input) : callDynamoDb(endpoint(), region, operation, input);
  const call: Call = { account, region, now: clock.now(), accessKeyId };
  // IAM has no protocol here, so it is called as it is.
  if (service === 'iam') return (await api.run(service, operation, input, call)) as Record<string, unknown>;
  return api.call(service, operation, input, call);
}
