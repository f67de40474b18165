import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type ECSClient,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import type { TaskDefinition } from '../domain/task-definition.ts';
import { RefusedError } from '../errors.ts';
import type { TaskDefinitionReader, TaskDefinitions } from '../ports/task-definitions.ts';
import { calling } from './aws-errors.ts';
import { RawBody, rawBodyPlace } from './raw-body.ts';
import { copyOf, toTaskDefinition } from './task-definition-document.ts';
import { WholeDocument, wholeDocumentPlace } from './whole-document.ts';

/** Revisions for those who only look. */
export function ecsTaskDefinitionReader(client: ECSClient): TaskDefinitionReader {
  return { read: (name) => read(client, name) };
}

/** Revisions, and copies of them that lose nothing. */
export function ecsTaskDefinitions(client: ECSClient): TaskDefinitions {
  return {
    ...ecsTaskDefinitionReader(client),
    registerCopy: async (source, images, tags) => {
      const { request, lost } = copyOf(source, images, tags);
      const registered = await registerWhole(client, `register a copy of ${source.arn}`, request);
      return { taskDefinition: registered.taskDefinition, lost: [...lost, ...registered.lost] };
    },
  };
}

async function read(client: ECSClient, name: string): Promise<TaskDefinition | undefined> {
  const body = new RawBody();
  const describe = new DescribeTaskDefinitionCommand({ taskDefinition: name, include: ['TAGS'] });
  describe.middlewareStack.add(body.tap, rawBodyPlace);
  try {
    await calling(`read task definition ${name}`, () => client.send(describe));
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'ClientException') return undefined; // ECS has no other name for "there is none".
    throw error;
  }
  return toTaskDefinition(body.text);
}

type Registered = Awaited<ReturnType<TaskDefinitions['registerCopy']>>;

/** Sends the document as it is. Refused, and holding members that the SDK does not know, it is sent once more as the SDK writes it: without them. */
async function registerWhole(client: ECSClient, tried: string, request: object): Promise<Registered> {
  const whole = new WholeDocument(request);
  try {
    return { taskDefinition: await register(client, tried, request, whole), lost: [] };
  } catch (error) {
    if (whole.unknown.length === 0 || !mayBeOfUnknownMember(error)) throw error;
    return { taskDefinition: await register(client, tried, request), lost: whole.unknown };
  }
}

async function register(client: ECSClient, tried: string, request: object, whole?: WholeDocument): Promise<TaskDefinition> {
  const body = new RawBody();
  const known = JSON.parse(JSON.stringify(request)) as RegisterTaskDefinitionCommandInput; // Plain numbers, which is what the SDK's model takes.
  const command = new RegisterTaskDefinitionCommand(known);
  command.middlewareStack.add(body.tap, rawBodyPlace);
  if (whole !== undefined) command.middlewareStack.add(whole.send, wholeDocumentPlace);
  await calling(tried, () => client.send(command));
  return toTaskDefinition(body.text);
}

const refusalsOfMembers = new Set(['SerializationException', 'ClientException', 'InvalidParameterException', 'ValidationException']);

function mayBeOfUnknownMember(error: unknown): boolean {
  return error instanceof RefusedError && refusalsOfMembers.has(error.code);
}
