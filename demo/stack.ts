import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the story plays on: the first service of the packaged configuration. */
export interface Stage {
  cluster: string;
  service: string;
  repository: string;
  /** Tags that the service takes: `first` for a good image, `second` for the next. */
  tags: { first: string; second: string };
  /** How many services the configuration has. */
  services: number;
  /** Those that sleep off-peak. */
  sleepers: string[];
  /** The addresses of channels beside mail; secrets by name. */
  channels: Record<string, string>[];
}

interface PackagedService {
  cluster: string;
  name: string;
  images: { repository: string; tags: { tag?: string } }[];
  offPeak?: unknown;
}

interface Packaged {
  configuration?: { services: Record<string, PackagedService> };
  /** Per service and repository. */
  examples?: Record<string, Record<string, string[]>>;
  channels?: { address: Record<string, string> }[];
}

/** Reads the packaged template; the plugin leaves the configuration in its metadata. */
export function readStage(packaged: string): Stage {
  const file = join(packaged, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Metadata?: Record<string, Packaged>;
  };
  const told = template.Metadata?.['ecs-autopilot'];
  const services = Object.entries(told?.configuration?.services ?? {});
  const [key = '', first] = services[0] ?? [];
  const image = first?.images[0];
  if (first === undefined || image === undefined) throw new Error(`${file} holds no configured service`);
  const repository = image.repository.replace(/^[^/]*\.amazonaws\.com(\.cn)?\//, '');
  return {
    cluster: first.cluster,
    service: first.name,
    repository,
    tags: tagsFor(image, told?.examples?.[key]),
    services: services.length,
    channels: (told?.channels ?? []).map(({ address }) => address),
    sleepers: services.filter(([, { offPeak }]) => offPeak !== undefined).map(([name]) => name),
  };
}

// Packaging found some that the service takes, oldest first: the sandbox's service runs the first of them already.
function tagsFor(
  { repository, tags: { tag = 'latest' } }: PackagedService['images'][number],
  examples?: Record<string, string[]>,
): Stage['tags'] {
  const [, first = tag, second = first] = examples?.[repository] ?? [];
  return { first, second };
}
