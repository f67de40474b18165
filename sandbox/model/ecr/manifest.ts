import { createHash } from 'node:crypto';
import { EcrError } from './errors.ts';

/** What a manifest says of itself. The digest is of its very bytes. */
export interface Manifest {
  text: string;
  digest: string;
  mediaType: string;
  /** Media type of the config: what kind of artifact this is. An index has none. */
  artifactMediaType: string | undefined;
  configDigest: string | undefined;
  /** Layers that the repository holds itself. */
  layerDigests: string[];
  sizeInBytes: number;
  /** Platform manifests of an index. */
  children: Child[];
  annotations: Record<string, string>;
  subjectDigest: string | undefined;
}

export interface Child {
  digest: string;
  os: string | undefined;
  architecture: string | undefined;
}

interface Descriptor {
  mediaType?: string;
  digest?: string;
  size?: number;
  /** Where a layer that others may not pass on is fetched from. */
  urls?: string[];
  platform?: { os?: string; architecture?: string };
}

interface Document {
  mediaType?: string;
  config?: Descriptor;
  layers?: Descriptor[];
  manifests?: Descriptor[];
  annotations?: Record<string, string>;
  subject?: Descriptor;
}

const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';

/** `sha256:` and the hash of the bytes. */
export function digestOf(bytes: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Reads a manifest; a media type that is told beside it wins over its own. */
export function readManifest(text: string, toldMediaType?: string): Manifest {
  const document = parse(text);
  const parts = [document.config ?? {}, ...(document.layers ?? [])];
  return {
    text,
    digest: digestOf(text),
    mediaType: toldMediaType ?? document.mediaType ?? (document.manifests ? ociIndex : ociManifest),
    artifactMediaType: document.config?.mediaType,
    configDigest: document.config?.digest,
    layerDigests: (document.layers ?? []).flatMap(({ digest, urls }) => (urls ? [] : (digest ?? []))),
    sizeInBytes: parts.reduce((sum, { size = 0 }) => sum + size, 0),
    children: (document.manifests ?? []).map(({ digest = '', platform }) => ({
      digest,
      os: platform?.os,
      architecture: platform?.architecture,
    })),
    annotations: document.annotations ?? {},
    subjectDigest: document.subject?.digest,
  };
}

function parse(text: string): Document {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document;
  } catch {
    // Told below, like any other manifest that is none.
  }
  throw new EcrError(
    'InvalidParameterException',
    "Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
  );
}
