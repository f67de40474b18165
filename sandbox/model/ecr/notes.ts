import type { Image, Repository } from './repository.ts';

/** What an image says of itself under a key: the annotation on its manifest, else the label in its config blob. */
export function noteOf({ layers }: Repository, { manifest }: Image, key: string): string | undefined {
  const annotation = manifest.annotations[key];
  const config = annotation === undefined ? layers.get(manifest.configDigest ?? '') : undefined;
  return annotation ?? (config && labelIn(Buffer.from(config).toString(), key));
}

function labelIn(config: string, key: string): string | undefined {
  try {
    const parsed = JSON.parse(config) as { config?: { Labels?: Record<string, string> } } | null;
    return parsed?.config?.Labels?.[key];
  } catch {
    return undefined; // A config that is no JSON has no labels: helm charts and the like.
  }
}
