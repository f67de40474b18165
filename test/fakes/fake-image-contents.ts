import type { Digest } from '../../lib/domain/image.ts';
import type { ImageContent } from '../../lib/domain/platform.ts';
import type { ImageContents } from '../../lib/ports/image-contents.ts';

/** What stands behind digests, as a test sets it. */
export interface FakeImageContents extends ImageContents {
  contents: Map<Digest, ImageContent>;
}

/** Fake contents: single images of linux/amd64 where nothing else was set. */
export function fakeImageContents(): FakeImageContents {
  const contents = new Map<Digest, ImageContent>();
  return {
    contents,
    read: async (_repository, digest) => contents.get(digest) ?? { kind: 'image', platform: { os: 'linux', architecture: 'amd64' } },
  };
}
