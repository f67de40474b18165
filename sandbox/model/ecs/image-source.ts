export type Architecture = 'amd64' | 'arm64';

/** What a pull finds under an image reference. */
export interface PulledImage {
  /** What the reference names; of an image for several platforms, the index. */
  digest: string;
  /** The manifest that runs on the platform asked for; undefined when the index has none for it. */
  platformDigest: string | undefined;
  /** How the image behaves when run, as its annotation or label `autopilot.sandbox/run` says it. */
  run: string | undefined;
}

/** Where tasks pull their images from. */
export interface ImageSource {
  /** Undefined when nothing can be pulled under the reference. */
  behaviour(reference: string, architecture: Architecture): PulledImage | undefined;
}

/** The same image by digest: everything before tag and digest, then the digest. */
export function byDigest(reference: string, digest: string): string {
  const name = reference.split('@')[0] ?? reference;
  const colon = name.lastIndexOf(':');
  return `${colon > name.lastIndexOf('/') ? name.slice(0, colon) : name}@${digest}`;
}
