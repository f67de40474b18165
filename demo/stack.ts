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
}

interface PackagedService {
  cluster: string;
  name: string;
  images: { repository: string; tags: { kind: string; tag?: string; glob?: string } }[];
}

/** Reads the packaged template; the plugin leaves the configuration in its metadata. */
export function readStage(packaged: string): Stage {
  const file = join(packaged, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Metadata?: Record<string, { configuration?: { services: Record<string, PackagedService> } }>;
  };
  const services = Object.values(template.Metadata?.['ecs-autopilot']?.configuration?.services ?? {});
  const first = services[0];
  const image = first?.images[0];
  if (first === undefined || image === undefined) throw new Error(`${file} holds no configured service`);
  const repository = image.repository.replace(/^[^/]*\.amazonaws\.com(\.cn)?\//, '');
  return { cluster: first.cluster, service: first.name, repository, tags: tagsFor(image.tags), services: services.length };
}

// A glob is met by putting something in the place of its wildcards; one tag is simply pushed again.
function tagsFor({ kind, tag = 'latest', glob = '*' }: PackagedService['images'][number]['tags']): Stage['tags'] {
  if (kind === 'tag') return { first: tag, second: tag };
  const fill = (text: string): string => glob.replaceAll(/\*+/g, text).replaceAll('?', '1');
  return { first: fill('101'), second: fill('102') };
}
