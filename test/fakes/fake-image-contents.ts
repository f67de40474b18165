import type { Digest } from '../../lib/domain/image.ts';
import type { ImageLabels } from '../../lib/domain/image-labels.ts';
import type { ImageContent } from '../../lib/domain/platform.ts';
import { TransientError } from '../../lib/errors.ts';
import type { ImageContents } from '../../lib/ports/image-contents.ts';

/** What stands behind digests, as a test sets it. */
export interface FakeImageContents extends ImageContents {
  contents: Map<Digest, ImageContent>;
  /** Images that say autopilot.rollback=never; none can be read while `unreadable` is among them. */
  oneWay: Set<Digest>;
  /** What images say of where they come from. */
  said: Map<Digest, ImageLabels>;
}

/** Fake contents: single images of linux/amd64 where nothing else was set. */
export function fakeImageContents(): FakeImageContents {
  const contents = new Map<Digest, ImageContent>();
  const oneWay = new Set<Digest>();
  const said = new Map<Digest, ImageLabels>();
  return {
    contents,
    oneWay,
    said,
    labels: async (_repository, digest) => {
      if (oneWay.has('unreadable')) throw new TransientError('no manifest');
      return said.get(digest) ?? {};
    },
    isOneWay: async (_repository, digest) => {
      if (oneWay.has('unreadable')) throw new TransientError('no manifest');
      return oneWay.has(digest);
    },
    read: async (_repository, digest) => contents.get(digest) ?? { kind: 'image', platform: { os: 'linux', architecture: 'amd64' } },
  };
}
