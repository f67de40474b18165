import type { Platform } from '../domain/platform.ts';
import type { ContainerDefinition, ContainerLog, TaskDefinition } from '../domain/task-definition.ts';
import { PermanentError } from '../errors.ts';
import { isJsonObject, parseLossless } from './lossless-json.ts';

type Members = Record<string, unknown>;

/** What DescribeTaskDefinition tells and RegisterTaskDefinition does not take. Everything else is copied, known to us or not. */
const describeOnly = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]);

const tagsAtMost = 50;

/** Reads the body that ECS answers for a task definition: the part that we know, and the whole document. */
export function toTaskDefinition(body: string): TaskDefinition {
  const document = parseLossless(body);
  const { taskDefinition: members, tags } = document as { taskDefinition?: Members; tags?: Tag[] };
  const { taskDefinitionArn: arn, family, revision, status } = members ?? {};
  if (typeof arn !== 'string' || typeof family !== 'string' || typeof revision !== 'number') {
    throw new PermanentError(`ECS answered no task definition: ${body.slice(0, 200)}`);
  }
  const containers = containersOf(members ?? {}).map(toContainer);
  const platform = platformOf(members ?? {});
  return {
    arn,
    family,
    revision,
    active: status === 'ACTIVE',
    containers,
    ...(platform === undefined ? {} : { platform }),
    tags: toRecord(tags ?? []),
    document,
  };
}

const architectures: Readonly<Record<string, string>> = { X86_64: 'amd64', ARM64: 'arm64' };

/** What its tasks run on. Fargate's default is Linux on X86_64; without Fargate and without a word of it, only the container instances know. */
function platformOf({ runtimePlatform, requiresCompatibilities }: Members): Platform | undefined {
  const onFargate = Array.isArray(requiresCompatibilities) && requiresCompatibilities.includes('FARGATE');
  if (!isJsonObject(runtimePlatform) && !onFargate) return undefined;
  const { operatingSystemFamily = 'LINUX', cpuArchitecture = 'X86_64' } = isJsonObject(runtimePlatform) ? runtimePlatform : {};
  const architecture = architectures[String(cpuArchitecture)];
  if (architecture === undefined) return undefined;
  return { os: String(operatingSystemFamily).startsWith('WINDOWS') ? 'windows' : 'linux', architecture };
}

/** The request that registers a copy, and those of our tags that found no place. */
export function copyOf(
  source: TaskDefinition,
  images: Record<string, string>,
  tags: Record<string, string>,
): { request: Members; lost: string[] } {
  const { taskDefinition } = source.document as { taskDefinition: Members };
  const kept = Object.fromEntries(Object.entries(taskDefinition).filter(([name]) => !describeOnly.has(name)));
  const containers = containersOf(taskDefinition);
  const unknown = Object.keys(images).filter((name) => !containers.some((container) => container['name'] === name));
  if (unknown.length > 0) throw new PermanentError(`copy ${source.arn}: it has no container ${unknown.join(', ')}`);
  const containerDefinitions = containers.map((container) => ({
    ...container,
    image: images[String(container['name'])] ?? container['image'],
  }));
  const merged = mergeTags(source.tags, tags);
  const request = { ...kept, containerDefinitions, ...(merged.tags.length === 0 ? {} : { tags: merged.tags }) };
  return { request, lost: merged.lost };
}

interface Tag {
  key: string;
  value?: string;
}

/** Existing tags first; ours as far as there is place. AWS writes tags under `aws:` itself, refuses them from others and does not count them. */
function mergeTags(existing: Record<string, string>, ours: Record<string, string>): { tags: Tag[]; lost: string[] } {
  const tags = new Map(Object.entries(existing).filter(([key]) => !key.startsWith('aws:')));
  const lost: string[] = [];
  for (const [key, value] of Object.entries(ours)) {
    if (tags.has(key) || tags.size < tagsAtMost) tags.set(key, value);
    else lost.push(`tag ${key}`);
  }
  return { tags: [...tags].map(([key, value]) => ({ key, value })), lost };
}

function containersOf(taskDefinition: Members): Members[] {
  const { containerDefinitions } = taskDefinition;
  return Array.isArray(containerDefinitions) ? containerDefinitions.filter(isJsonObject) : [];
}

function toContainer({ name, image, essential, logConfiguration }: Members): ContainerDefinition {
  const log = isJsonObject(logConfiguration) ? logOf(logConfiguration) : undefined;
  const container = { name: String(name), image: String(image), essential: essential !== false }; // Absent means essential.
  return log === undefined ? container : { ...container, log };
}

// Without a prefix the stream is named by the container's own id, which nobody tells.
function logOf({ logDriver, options }: Members): ContainerLog | undefined {
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix, 'awslogs-region': region } = isJsonObject(options) ? options : {};
  if (logDriver !== 'awslogs' || typeof group !== 'string' || typeof prefix !== 'string') return undefined;
  return { group, prefix, ...(typeof region === 'string' ? { region } : {}) };
}

function toRecord(tags: Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value = '' }) => [key, value]));
}
