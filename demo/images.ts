import { createHash } from 'node:crypto';
import {
  BatchCheckLayerAvailabilityCommand,
  CompleteLayerUploadCommand,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
  type ECRClient,
} from '@aws-sdk/client-ecr';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';

/** Pushes an image that does, when it runs, what the annotation says: its configuration and layer first, then its manifest. Answers its digest. */
export async function push(
  ecr: ECRClient,
  repositoryName: string,
  tag: string,
  version: string,
  run: string,
  annotations: Record<string, string> = {},
): Promise<string> {
  for (const content of contentsOf(version)) await upload(ecr, repositoryName, content);
  const imageManifest = manifest(version, run, annotations);
  await ecr.send(new PutImageCommand({ repositoryName, imageTag: tag, imageManifest, imageManifestMediaType: mediaType }));
  return `sha256:${sha256(imageManifest)}`;
}

/** What a manifest of this version names: its configuration and its one layer. */
export function contentsOf(version: string): [configuration: string, layer: string] {
  return [configurationOf(version), `layer of ${version}`];
}

/** What an image is built for, as its builder writes it. */
function configurationOf(version: string): string {
  return JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Labels: labelsOf(version) } });
}

/** An OCI manifest: the version makes its digest, the annotation its behaviour. */
export function manifest(version: string, run: string, annotations: Record<string, string> = {}): string {
  const [configuration, layer] = contentsOf(version);
  return JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: blob('application/vnd.oci.image.config.v1+json', configuration),
    layers: [blob('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
    annotations: { 'org.opencontainers.image.version': version, 'autopilot.sandbox/run': run, ...annotations },
  });
}

// As docker does: what the repository has is not sent again.
async function upload(ecr: ECRClient, repositoryName: string, content: string): Promise<void> {
  const layerDigests = [`sha256:${sha256(content)}`];
  const { layers = [] } = await ecr.send(new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }));
  if (layers.some(({ layerAvailability }) => layerAvailability === 'AVAILABLE')) return;
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
  const layerPartBlob = Buffer.from(content);
  await ecr.send(
    new UploadLayerPartCommand({ repositoryName, uploadId, partFirstByte: 0, partLastByte: layerPartBlob.length - 1, layerPartBlob }),
  );
  await ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
}

function blob(type: string, content: string) {
  return { mediaType: type, digest: `sha256:${sha256(content)}`, size: content.length };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

// As builders label what they build: which commit, whose, and where its source is.
function labelsOf(version: string): Record<string, string> {
  return {
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.revision': createHash('sha1').update(version).digest('hex'),
    'org.opencontainers.image.authors': 'Anna Berg <anna@example.com>',
    'org.opencontainers.image.source': 'https://github.com/example/shop',
  };
}
