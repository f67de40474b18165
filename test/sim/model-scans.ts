import type { ImageContents } from '../../lib/ports/image-contents.ts';
import type { Scans } from '../../lib/ports/scans.ts';
import type { EcrModel } from '../../sandbox/model/ecr/model.ts';
import type { Images } from './images.ts';

/** The port of scans over the model of ECR. */
export function modelScans(model: EcrModel): Scans {
  return {
    latest: async (repository, digest, single) => {
      const image = model.repositories.get(repository)?.images.get(digest);
      const scan = image && model.scans.latest(image);
      const findings = single ? { findings: [] } : {};
      return scan === undefined
        ? { digest, counts: {}, ...findings }
        : { digest, status: scan.status, counts: { ...scan.counts }, ...findings };
    },
    onPush: async (repository) => model.repositories.get(repository)?.scanOnPush === true,
  };
}

/** What stands behind the pushed images: each is a single one, for the platform that it was built for. */
export function modelContents({ byDigest }: Images): ImageContents {
  return {
    read: async (_repository, digest) => {
      const architecture = byDigest.get(digest)?.architecture;
      return { kind: 'image', ...(architecture === undefined ? {} : { platform: { os: 'linux', architecture } }) };
    },
    isOneWay: async (_repository, digest) => byDigest.get(digest)?.oneWay === true,
    labels: async () => ({}),
  };
}
