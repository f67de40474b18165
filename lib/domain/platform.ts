import type { Digest } from './image.ts';

/** What an image was built for, or a task runs on, in the words of OCI: linux, amd64. */
export interface Platform {
  os: string;
  architecture: string;
}

/** What stands behind a digest: an index of platform manifests, or one image. */
export type ImageContent =
  | { kind: 'index'; children: PlatformChild[] }
  /** Its platform is absent where its config could not be read. */
  | { kind: 'image'; platform?: Platform };

export interface PlatformChild {
  digest: Digest;
  platform: Platform;
}

/** `linux/arm64` */
export function platformName({ os, architecture }: Platform): string {
  return `${os}/${architecture}`;
}
