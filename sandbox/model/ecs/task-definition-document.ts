import { clientError } from './errors.ts';

type Document = Record<string, unknown>;

const mostBytes = 65_536;
const mostContainers = 10;

/** Refuses what RegisterTaskDefinition refuses. */
export function checkDocument(document: Document): void {
  const containers = (document['containerDefinitions'] as Document[] | undefined) ?? [];
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(String(document['family']))) throw clientError('Family contains invalid characters.');
  if (containers.length === 0) throw clientError('Container list cannot be empty.');
  if (containers.length > mostContainers) throw clientError(`Too many containers: at most ${mostContainers} are allowed.`);
  if (containers.some((container) => !container['name'])) throw clientError('Container.name should not be null or empty.');
  if (containers.some((container) => !container['image'])) throw clientError('Container.image should not be null or empty.');
  if (containers.every((container) => container['essential'] === false)) throw clientError('At least one container must be essential.');
  if (bytes > mostBytes) throw clientError(`Actual length: '${bytes}'. Max allowed length is '${mostBytes}' bytes.`);
  if (needs(document, 'FARGATE')) checkFargate(document);
}

/** The document as AWS keeps it: empty lists and defaults filled in, nothing taken away. */
export function withDefaults(document: Document): Document {
  const awsvpc = document['networkMode'] === 'awsvpc';
  const containers = (document['containerDefinitions'] as Document[]).map((container) => containerWithDefaults(container, awsvpc));
  return { volumes: [], placementConstraints: [], ...document, containerDefinitions: containers };
}

/** The launch types a definition may run on, and the attributes it asks of a host. */
export function describedOnly(document: Document): { compatibilities: ('EC2' | 'FARGATE')[]; requiresAttributes: { name: string }[] } {
  const fargate = document['networkMode'] === 'awsvpc' && document['cpu'] !== undefined && document['memory'] !== undefined;
  const names = ['com.amazonaws.ecs.capability.docker-remote-api.1.18'];
  if (document['networkMode'] === 'awsvpc') names.push('ecs.capability.task-eni');
  if (document['executionRoleArn'] !== undefined)
    names.push('ecs.capability.execution-role-ecr-pull', 'com.amazonaws.ecs.capability.ecr-auth');
  if (document['taskRoleArn'] !== undefined) names.push('com.amazonaws.ecs.capability.task-iam-role');
  return { compatibilities: fargate ? ['EC2', 'FARGATE'] : ['EC2'], requiresAttributes: names.map((name) => ({ name })) };
}

function checkFargate(document: Document): void {
  if (document['networkMode'] !== 'awsvpc') throw clientError("Fargate only supports network mode 'awsvpc'.");
  for (const member of ['cpu', 'memory'])
    if (document[member] === undefined) throw clientError(`Fargate requires that '${member}' be defined at the task level.`);
}

function needs(document: Document, compatibility: string): boolean {
  return ((document['requiresCompatibilities'] as string[] | undefined) ?? []).includes(compatibility);
}

function containerWithDefaults(container: Document, awsvpc: boolean): Document {
  const ports = (container['portMappings'] as Document[] | undefined) ?? [];
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    portMappings: ports.map((port) => ({ hostPort: awsvpc ? port['containerPort'] : 0, protocol: 'tcp', ...port })),
  };
}
