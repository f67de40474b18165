import type { Architecture } from './image-source.ts';
import type { Tag } from './tags.ts';

/** A revision: the document as it was registered, and what the model reads of it. */
export interface TaskDefinition {
  arn: string;
  family: string;
  revision: number;
  status: 'ACTIVE' | 'INACTIVE';
  /** What was registered, tags excluded, with AWS's defaults filled in; members unknown to anyone included. */
  document: Record<string, unknown>;
  tags: Tag[];
  registeredAtMs: number;
  deregisteredAtMs?: number;
  /** Services still take it until then, though it is INACTIVE. */
  takenUntilMs?: number;
  registeredBy: string;
  containers: ContainerSpecification[];
  cpu: string | undefined;
  memory: string | undefined;
  networkMode: string;
  architecture: Architecture;
  ephemeralStorageGiB: number;
}

export interface ContainerSpecification {
  name: string;
  /** Empty for a container that AWS adds: its image is not told. */
  image: string;
  essential: boolean;
  cpu: string;
  memory: string | undefined;
  memoryReservation: string | undefined;
  stopTimeoutMs: number;
  health: HealthCheck | undefined;
  /** Whether a tag is resolved once per deployment (versionConsistency). */
  consistent: boolean;
  log: LogTarget | undefined;
  /** Which containers must have come how far before this one starts. */
  dependsOn: Dependency[];
}

/** A container of the same task, and what is waited for: START, HEALTHY, COMPLETE or SUCCESS. */
export interface Dependency {
  containerName?: string;
  condition?: string;
}

/** Where a container's lines go, as its awslogs options say. */
export interface LogTarget {
  group: string;
  prefix: string | undefined;
}

export interface HealthCheck {
  intervalMs: number;
  retries: number;
  startPeriodMs: number;
}

type Document = Record<string, unknown>;

export function containersOf(document: Document): ContainerSpecification[] {
  return (document['containerDefinitions'] as Document[]).map((container) => ({
    name: container['name'] as string,
    image: container['image'] as string,
    essential: container['essential'] !== false,
    cpu: text(container['cpu']) ?? '0',
    memory: text(container['memory']),
    memoryReservation: text(container['memoryReservation']),
    stopTimeoutMs: seconds(container['stopTimeout'], 30),
    health: healthCheckOf(container['healthCheck'] as Document | undefined),
    consistent: container['versionConsistency'] !== 'disabled',
    log: logOf(container['logConfiguration'] as Document | undefined),
    dependsOn: (container['dependsOn'] as Dependency[] | undefined) ?? [],
  }));
}

export function architectureOf(document: Document): Architecture {
  const platform = document['runtimePlatform'] as Document | undefined;
  return platform?.['cpuArchitecture'] === 'ARM64' ? 'arm64' : 'amd64';
}

export function text(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

function healthCheckOf(check: Document | undefined): HealthCheck | undefined {
  const [verb] = (check?.['command'] as string[] | undefined) ?? [];
  if (check === undefined || verb === 'NONE') return undefined;
  return {
    intervalMs: seconds(check['interval'], 30),
    retries: (check['retries'] as number | undefined) ?? 3,
    startPeriodMs: seconds(check['startPeriod'], 0),
  };
}

function logOf(configuration: Document | undefined): LogTarget | undefined {
  const options = (configuration?.['options'] ?? {}) as Record<string, string | undefined>;
  const group = options['awslogs-group'];
  if (configuration?.['logDriver'] !== 'awslogs' || group === undefined) return undefined;
  return { group, prefix: options['awslogs-stream-prefix'] };
}

function seconds(value: unknown, otherwise: number): number {
  return (typeof value === 'number' ? value : otherwise) * 1000;
}
