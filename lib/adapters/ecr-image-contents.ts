import { BatchGetImageCommand, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { Digest, RepositoryName } from '../domain/image.ts';
import { imageLabels } from '../domain/image-labels.ts';
import type { ImageContent, Platform, PlatformChild } from '../domain/platform.ts';
import { MissingError } from '../errors.ts';
import type { ImageContents } from '../ports/image-contents.ts';
import { calling } from './aws-errors.ts';
import { addressOf } from './ecr-address.ts';
import type { EcrClients } from './ecr-client.ts';
import { readSmall } from './read-small.ts';

const acceptedMediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const configMost = { bytes: 64 * 1024, ms: 2_000 };
const keptMost = 200;

const oneWayLabel = 'autopilot.rollback';

/** What ECR holds under a digest. Kept for as long as the function lives, since a digest never names anything else. */
export function ecrImageContents(clientFor: EcrClients): ImageContents {
  const kept = new Map<Digest, Promise<Contents>>();
  const read = (repository: RepositoryName, digest: Digest): Promise<Contents> => {
    const known = kept.get(digest);
    if (known !== undefined) return known;
    const reading = readContents(clientFor, repository, digest);
    keep(kept, digest, reading);
    return reading;
  };
  return {
    read: async (repository, digest) => (await read(repository, digest)).content,
    isOneWay: (repository, digest) => saysNever((asked) => read(repository, asked), repository, digest),
    labels: async (repository, digest) => imageLabels(await allLabels((asked) => read(repository, asked), digest)),
  };
}

/** What an image is, with all that its manifest and its config say in words: annotations before labels. */
interface Contents {
  content: ImageContent;
  labels: Record<string, string>;
}

// Most images are an index, of a single platform too: what cannot be read of that one is no answer either.
async function saysNever(read: (digest: Digest) => Promise<Contents>, repository: RepositoryName, digest: Digest): Promise<boolean> {
  const { content, labels } = await read(digest);
  if (labels[oneWayLabel] !== undefined) return labels[oneWayLabel] === 'never';
  if (content.kind === 'index') {
    const [child] = content.children; // Its platforms are built alike.
    return child !== undefined && saysNever(read, repository, child.digest);
  }
  if (content.platform === undefined) throw new MissingError('image', `the config of ${repository}@${digest} could not be read`);
  return false;
}

// What the whole says goes before what its first platform says.
async function allLabels(read: (digest: Digest) => Promise<Contents>, digest: Digest): Promise<Record<string, string>> {
  const { content, labels } = await read(digest);
  const [child] = content.kind === 'index' ? content.children : [];
  return child === undefined ? labels : { ...(await read(child.digest)).labels, ...labels };
}

// What could not be read is asked again the next time.
function keep(kept: Map<Digest, Promise<Contents>>, digest: Digest, read: Promise<Contents>): void {
  const [oldest] = kept.keys();
  if (kept.size >= keptMost && oldest !== undefined) kept.delete(oldest);
  kept.set(digest, read);
  read.then(
    ({ content }) => content.kind === 'image' && content.platform === undefined && kept.delete(digest),
    () => kept.delete(digest),
  );
}

async function readContents(clientFor: EcrClients, repository: RepositoryName, digest: Digest): Promise<Contents> {
  const { manifests, config, annotations } = await readManifest(clientFor, repository, digest);
  if (manifests !== undefined) return { content: { kind: 'index', children: manifests.flatMap(childOf) }, labels: annotations ?? {} };
  const built = config?.digest === undefined ? {} : await readConfig(clientFor, repository, config.digest);
  const { platform, labels } = built;
  return { content: { kind: 'image', ...(platform === undefined ? {} : { platform }) }, labels: { ...labels, ...annotations } };
}

interface Descriptor {
  digest?: string;
  platform?: { os?: string; architecture?: string };
}

interface ManifestDocument {
  manifests?: Descriptor[];
  config?: Descriptor;
  annotations?: Record<string, string> | null;
}

async function readManifest(clientFor: EcrClients, repository: RepositoryName, imageDigest: Digest): Promise<ManifestDocument> {
  const { region, ...address } = addressOf(repository);
  const command = new BatchGetImageCommand({ ...address, imageIds: [{ imageDigest }], acceptedMediaTypes });
  const { images = [] } = await calling(`read the manifest of ${repository}@${imageDigest}`, () =>
    clientFor(region).send(command, { abortSignal: AbortSignal.timeout(configMost.ms) }),
  );
  const text = images[0]?.imageManifest;
  if (text === undefined) throw new MissingError('image', `ECR gave no manifest of ${repository}@${imageDigest}`);
  return JSON.parse(text) as ManifestDocument;
}

// Attestations stand in the index as platform unknown/unknown.
function childOf({ digest, platform }: Descriptor): PlatformChild[] {
  const { os, architecture } = platform ?? {};
  if (digest === undefined || os === undefined || architecture === undefined || os === 'unknown') return [];
  return [{ digest, platform: { os, architecture } }];
}

interface ConfigDocument extends Partial<Platform> {
  config?: { Labels?: Record<string, string> | null };
}

// A config that cannot be read, is too large or comes too late tells nothing: the image may well be a good one.
async function readConfig(
  clientFor: EcrClients,
  repository: RepositoryName,
  layerDigest: Digest,
): Promise<{ platform?: Platform; labels?: Record<string, string> }> {
  const { region, ...address } = addressOf(repository);
  const abortSignal = AbortSignal.timeout(configMost.ms);
  try {
    const { downloadUrl } = await clientFor(region).send(new GetDownloadUrlForLayerCommand({ ...address, layerDigest }), { abortSignal });
    if (downloadUrl === undefined) return {};
    const { os, architecture, config } = JSON.parse(await readSmall(downloadUrl, configMost.bytes, abortSignal)) as ConfigDocument;
    const platform = typeof os === 'string' && typeof architecture === 'string' ? { platform: { os, architecture } } : {};
    return { ...platform, labels: config?.Labels ?? {} };
  } catch {
    return {};
  }
}
