import { createHash } from 'node:crypto';
import { PutImageCommand, type ECRClient } from '@aws-sdk/client-ecr';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';

/** Pushes an image that does, when it runs, what the annotation says. Answers its digest. */
export async function push(ecr: ECRClient, repositoryName: string, tag: string, version: string, run: string): Promise<string> {
  const imageManifest = manifest(version, run);
  await ecr.send(new PutImageCommand({ repositoryName, imageTag: tag, imageManifest, imageManifestMediaType: mediaType }));
  return `sha256:${sha256(imageManifest)}`;
}

/** An OCI manifest: the version makes its digest, the annotation its behaviour. */
export function manifest(version: string, run: string): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: blob('application/vnd.oci.image.config.v1+json', `config of ${version}`),
    layers: [blob('application/vnd.oci.image.layer.v1.tar+gzip', `layer of ${version}`)],
    annotations: { 'org.opencontainers.image.version': version, 'autopilot.sandbox/run': run },
  });
}

function blob(type: string, content: string) {
  return { mediaType: type, digest: `sha256:${sha256(content)}`, size: content.length };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
