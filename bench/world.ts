import { createHash } from 'node:crypto';
import type { CallRecord } from '../sandbox/call-record.ts';
import { startSandbox, type Sandbox } from '../sandbox/start.ts';
import { cluster, serviceName } from './packaging.ts';

const prefix = 'ecs-autopilot-production';
const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const stepMs = 15_000;
const stepsMax = 200;

/** The service and the repository that everything is measured on. */
export const subject = { cluster, name: serviceName(0), key: `${cluster}/${serviceName(0)}` };
export const tableName = prefix;

/** A call, by the plain name of the function that made it. */
export type Call = CallRecord;

/** A sandbox with the packaged product in it, and all that it saw. */
export interface World {
  sandbox: Sandbox;
  /** Calls that were answered, in the order of their answers; empty it between measurements. */
  calls: Call[];
  /** When each event was put on the bus, in real milliseconds. */
  events: { type: string; detail: Record<string, unknown>; atMs: number }[];
  /** Lines that the functions logged. */
  logs: { function: string; fields: Record<string, unknown> }[];
  /** States of deployments that were told. */
  told: { state: string; service: string }[];
}

/** Starts a sandbox with the packaged product. The same moment and seed each time: the same world, whatever its size. */
export async function openWorld(folder: string, latencyMs: number): Promise<World> {
  const start = new Date('2026-11-20T09:00:00Z');
  const sandbox = await startSandbox({ package: folder, latencyMs, start, warn: (text) => console.error(text) });
  const world: World = { sandbox, calls: [], events: [], logs: [], told: [] };
  sandbox.onCall((call) => {
    if (call.caller !== 'sandbox') world.calls.push({ ...call, caller: call.caller.replace(`${prefix}-`, '') });
  });
  sandbox.onEvent((event) => world.events.push({ type: event['detail-type'], detail: event.detail, atMs: performance.now() }));
  sandbox.onLog(({ function: name, line }) => world.logs.push({ function: name.replace(`${prefix}-`, ''), fields: fieldsOf(line) }));
  sandbox.onMessage(({ attributes }) =>
    world.told.push({ state: attributes['state']?.StringValue ?? '', service: attributes['service']?.StringValue ?? '' }),
  );
  return world;
}

/** Pushes an image that does, when it runs, what `run` says. */
export async function push({ sandbox }: World, version: string, run: string): Promise<void> {
  const configuration = JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Labels: { version } } });
  const layer = `layer of ${version}`;
  for (const content of [configuration, layer]) await upload(sandbox, content);
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: blob('application/vnd.oci.image.config.v1+json', configuration),
    layers: [blob('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
    annotations: { 'org.opencontainers.image.version': version, 'autopilot.sandbox/run': run },
  });
  await sandbox.call('ecr', 'PutImage', {
    repositoryName: subject.name,
    imageTag: 'latest',
    imageManifest,
    imageManifestMediaType: mediaType,
  });
}

// Every image that a builder pushed has its configuration in the registry: the platform of each can be read, and is asked for once.
async function upload(sandbox: Sandbox, content: string): Promise<void> {
  const repositoryName = subject.name;
  const { uploadId } = (await sandbox.call('ecr', 'InitiateLayerUpload', { repositoryName })) as { uploadId: string };
  const layerPartBlob = Buffer.from(content).toString('base64');
  await sandbox.call('ecr', 'UploadLayerPart', {
    repositoryName,
    uploadId,
    partFirstByte: 0,
    partLastByte: content.length - 1,
    layerPartBlob,
  });
  const { digest } = blob('', content);
  await sandbox.call('ecr', 'CompleteLayerUpload', { repositoryName, uploadId, layerDigests: [digest] });
}

/** Leaves the subject one task: its stops come one at a time. */
export async function runOneTask({ sandbox }: World): Promise<void> {
  await sandbox.call('ecs', 'UpdateService', { cluster, service: subject.name, desiredCount: 1 });
}

/** Lets sandbox time pass until the subject's deployment was told to be in this state. */
export async function untilTold({ sandbox, told }: World, state: string): Promise<void> {
  const from = told.length;
  const reached = (): boolean => told.slice(from).some((message) => message.state === state && tellsOf(message.service, subject.key));
  for (let step = 0; step < stepsMax && !reached(); step += 1) await sandbox.clock.advance(stepMs);
  if (!reached()) throw new Error(`${subject.key} was never told to be ${state}; told: ${JSON.stringify(told.slice(from))}`);
}

// What befell several services at once is one message, which names them in a list.
function tellsOf(service: string, key: string): boolean {
  return service === key || (service.startsWith('[') && (JSON.parse(service) as string[]).includes(key));
}

function fieldsOf(line: string): Record<string, unknown> {
  try {
    const { message, ...rest } = JSON.parse(line) as Record<string, unknown>;
    return typeof message === 'object' && message !== null ? { ...rest, ...message } : { ...rest, message };
  } catch {
    return { message: line };
  }
}

function blob(type: string, content: string) {
  return { mediaType: type, digest: `sha256:${createHash('sha256').update(content).digest('hex')}`, size: content.length };
}
