import type { Digest, RepositoryName } from '../../lib/domain/image.ts';
import type { ImageScan } from '../../lib/domain/scan.ts';
import type { Scans } from '../../lib/ports/scans.ts';

/** Scans in memory, as a test sets them. */
export interface FakeScans extends Scans {
  scans: Map<Digest, ImageScan>;
  /** Repositories on which nothing scans. */
  unscanned: Set<RepositoryName>;
  /** What the latest scan of an image tells from now on. */
  set(digest: Digest, scan: Omit<ImageScan, 'digest'>): void;
}

/** Fake scans: none, of repositories that are scanned on push. */
export function fakeScans(): FakeScans {
  const scans = new Map<Digest, ImageScan>();
  const unscanned = new Set<RepositoryName>();
  return {
    scans,
    unscanned,
    set: (digest, scan) => void scans.set(digest, { digest, ...scan }),
    latest: async (_repository, digest, single) => {
      const { findings, ...scan } = scans.get(digest) ?? { digest, counts: {} };
      return single ? { ...scan, findings: findings ?? [] } : scan;
    },
    onPush: async (repository) => !unscanned.has(repository),
  };
}
