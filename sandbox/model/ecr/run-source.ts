import type { Architecture, ImageSource, PulledImage } from '../ecs/image-source.ts';
import { digestOf } from './manifest.ts';
import { noteOf } from './notes.ts';
import type { Image, Repository } from './repository.ts';

const runKey = 'autopilot.sandbox/run';
const ownRegistry = /^(\d{12})\.dkr[.-]ecr[.-][^/]+\/([^:@]+)(?::([^@]+))?(?:@(.+))?$/;

/** Answers ECS's pulls from the repositories of one account. An image of any other registry is there, and healthy. */
export class RunSource implements ImageSource {
  readonly #account: string;
  readonly #repositories: ReadonlyMap<string, Repository>;
  readonly #foreign = new Map<string, PulledImage>();

  constructor(account: string, repositories: ReadonlyMap<string, Repository>) {
    this.#account = account;
    this.#repositories = repositories;
  }

  behaviour(reference: string, architecture: Architecture): PulledImage | undefined {
    const [, account, name = '', tag = 'latest', digest] = ownRegistry.exec(reference) ?? [];
    if (account === undefined) return this.#foreignImage(reference);
    const repository = account === this.#account ? this.#repositories.get(name) : undefined;
    const image = repository?.images.get(digest ?? repository.tags.get(tag) ?? '');
    if (repository === undefined || image === undefined || image.status !== 'ACTIVE') return undefined;
    return pulled(repository, image, architecture);
  }

  #foreignImage(reference: string): PulledImage {
    const known = this.#foreign.get(reference);
    if (known !== undefined) return known;
    const digest = reference.split('@')[1] ?? digestOf(reference);
    const image = { digest, platformDigest: digest, run: undefined };
    this.#foreign.set(reference, image);
    return image;
  }
}

function pulled(repository: Repository, image: Image, architecture: Architecture): PulledImage {
  const { manifest } = image;
  if (manifest.children.length === 0)
    return { digest: manifest.digest, platformDigest: manifest.digest, run: noteOf(repository, image, runKey) };
  const child = manifest.children.find((candidate) => candidate.os === 'linux' && candidate.architecture === architecture);
  const platform = child && repository.images.get(child.digest);
  const run = manifest.annotations[runKey] ?? (platform && noteOf(repository, platform, runKey));
  return { digest: manifest.digest, platformDigest: platform?.manifest.digest, run };
}
