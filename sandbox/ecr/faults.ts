import type { EcrModel } from '../model/ecr/model.ts';
import { parseFindings, scanStatuses } from '../model/ecr/findings.ts';

interface Order {
  fault?: string;
  repository?: string;
  /** A tag, or a digest. */
  image?: string;
  /** For scan-status: the status. */
  status?: string;
  /** For findings: what Inspector learns of, as `CRITICAL=1,HIGH=2`. */
  findings?: string;
  /** For replica and pull-through: the manifest that arrives. */
  manifest?: string;
  account?: string;
  region?: string;
  upstream?: string;
}

const faults: Record<string, (model: EcrModel, order: Order) => void> = {
  'scan-status': (model, order) => {
    const status = scanStatuses.find((known) => known === order.status);
    if (status === undefined) throw new Error(`${order.status} is no status of a scan`);
    model.scans.setStatus(named(model, order).image, status);
  },
  findings: (model, order) => {
    const { repository, image } = named(model, order);
    model.scans.discover(repository, image, parseFindings(order.findings).counts);
  },
  replica: (model, { repository = '', image = 'latest', manifest = '', account = '210987654321', region = 'us-east-1' }) =>
    void model.receiveReplica(repository, { imageTag: image, imageManifest: manifest }, { account, region }),
  'pull-through': (model, { repository = '', image = 'latest', manifest = '', upstream = 'registry-1.docker.io' }) =>
    void model.pullThrough(
      repository,
      { prefix: repository.split('/')[0] ?? '', url: upstream },
      { imageTag: image, imageManifest: manifest },
    ),
};

/** What `ecrFault` knows. */
export const ecrFaults: readonly string[] = Object.keys(faults);

/** Makes something happen to images that no call makes happen: `{ fault, repository, image, … }`. Throws where it does not know the fault or the image. */
export function ecrFault(model: EcrModel, order: Order): { done: string } {
  const make = faults[order.fault ?? ''];
  if (!make) throw new Error(`A fault of images is one of ${ecrFaults.join(', ')}; found ${order.fault}`);
  make(model, order);
  return { done: `${order.fault} on ${order.repository}:${order.image ?? 'latest'}` };
}

function named(model: EcrModel, { repository = '', image = 'latest' }: Order) {
  return model.image(repository, image.startsWith('sha256:') ? { imageDigest: image } : { imageTag: image });
}
