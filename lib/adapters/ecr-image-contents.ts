import { BatchGetImageCommand, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { Digest, RepositoryName } from '../domain/image.ts';
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

/** What ECR holds under a digest. Kept for as long as the function lives, since a digest never names anything else. */
export function ecrImageContents(clientFor: EcrClients): ImageContents {
  const kept = new Map<Digest, Promise<ImageContent>>();
  return {
    read: (repository, digest) => {
      const known = kept.get(digest);
      if (known !== undefined) return known;
      const read = readContent(clientFor, repository, digest);
      keep(kept, digest, read);
      return read;
    },
  };
}

// What could not be read is asked again the next time.
function keep(kept: Map<Digest, Promise<ImageContent>>, digest: Digest, read: Promise<ImageContent>): void {
  const [oldest] = kept.keys();
  if (kept.size >= keptMost && oldest !== undefined) kept.delete(oldest);
  kept.set(digest, read);
  read.then(
    (content) => content.kind === 'image' && content.platform === undefined && kept.delete(digest),
    () => kept.delete(digest),
  );
}

async function readContent(clientFor: EcrClients, repository: RepositoryName, digest: Digest): Promise<ImageContent> {
  const { manifests, config } = await readManifest(clientFor, repository, digest);
  if (manifests !== undefined) return { kind: 'index', children: manifests.flatMap(childOf) };
  const platform = config?.digest === undefined ? undefined : await readPlatform(clientFor, repository, config.digest);
  return { kind: 'image', ...(platform === undefined ? {} : { platform }) };
}

interface Descriptor {
  digest?: string;
  platform?: { os?: string; architecture?: string };
}

interface ManifestDocument {
  manifests?: Descriptor[];
  config?: Descriptor;
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

// A config that cannot be read, is too large or comes too late tells no platform: the image may well be a good one.
async function readPlatform(clientFor: EcrClients, repository: RepositoryName, layerDigest: Digest): Promise<Platform | undefined> {
  const { region, ...address } = addressOf(repository);
  const abortSignal = AbortSignal.timeout(configMost.ms);
  try {
    const { downloadUrl } = await clientFor(region).send(new GetDownloadUrlForLayerCommand({ ...address, layerDigest }), { abortSignal });
    if (downloadUrl === undefined) return undefined;
    const { os, architecture } = JSON.parse(await readSmall(downloadUrl, configMost.bytes, abortSignal)) as Partial<Platform>;
    return typeof os === 'string' && typeof architecture === 'string' ? { os, architecture } : undefined;
  } catch {
    return undefined;
  }
}
