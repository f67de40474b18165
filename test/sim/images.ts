import type { Agenda } from '../../sandbox/model/agenda.ts';
import type { EcrModel } from '../../sandbox/model/ecr/model.ts';
import type { Architecture } from '../../sandbox/model/ecs/image-source.ts';
import { digestOf } from '../../sandbox/model/ecr/manifest.ts';

/** What an image does when it is run, and what is to come of it. */
export interface ImageKind {
  /** As the annotation `autopilot.sandbox/run` has it. */
  run: string;
  /** `good` is never condemned for a cause of its own; `bad` never verified where checks are on; `late` fails when it may be verified already. */
  nature: 'good' | 'bad' | 'late' | 'bad if checked';
}

export const good: ImageKind = { run: 'healthy', nature: 'good' };

/** How often which kind is pushed. */
export const imageKinds: readonly (readonly [weight: number, kind: ImageKind])[] = [
  [10, good],
  [2, { run: 'slow start=70s', nature: 'good' }],
  [3, { run: 'crash after=20s exit=1', nature: 'bad' }],
  [1, { run: 'crash after=5s exit=139', nature: 'bad' }],
  [2, { run: 'oom after=10s', nature: 'bad' }],
  [2, { run: 'cannot-pull', nature: 'bad' }],
  [2, { run: 'unhealthy', nature: 'bad if checked' }],
  [1, { run: 'crash after=75s exit=2', nature: 'late' }],
  [2, { run: 'crash after=6m exit=2', nature: 'late' }],
];

export interface PushedImage {
  repository: string;
  digest: string;
  kind: ImageKind;
  manifest: string;
  /** When it was pushed first. */
  pushedAtMs: number;
  /** What it was built for. */
  architecture: Architecture;
  /** What a scan finds in it, as the annotation `autopilot.sandbox/findings` has it. */
  findings: string | undefined;
  /** Whether it says `autopilot.rollback=never`. */
  oneWay: boolean;
  /** When which tag was put on it. */
  taggedMs: Map<string, number>;
}

/** What differs from a usual build. */
export interface Build {
  architecture?: Architecture;
  findings?: string;
  oneWay?: boolean;
}

/** All images that were ever pushed, with what they do: the truth that judges measure by. */
export class Images {
  readonly #ecr: EcrModel;
  readonly #agenda: Agenda;
  readonly byDigest = new Map<string, PushedImage>();
  readonly #goneMs = new Map<string, number>();

  constructor(ecr: EcrModel, agenda: Agenda) {
    this.#ecr = ecr;
    this.#agenda = agenda;
  }

  /** Creates a repository. */
  open(repositoryName: string, scanOnPush: boolean): void {
    this.#ecr.createRepository({ repositoryName, scanOnPush });
  }

  /** A lifecycle rule takes it out of the registry. */
  expire({ repository, digest }: PushedImage): void {
    this.#ecr.deleteImage(repository, { imageDigest: digest });
    this.#goneMs.set(digest, this.#agenda.now().getTime());
  }

  /** It goes to the archive, from which no task can pull it. */
  archive({ repository, digest }: PushedImage): void {
    this.#ecr.moveImage(repository, { imageDigest: digest }, 'ARCHIVE');
    this.#goneMs.set(digest, this.#agenda.now().getTime());
  }

  /** What the registry has of a repository, archived or not. */
  inRegistry(repository: string): PushedImage[] {
    const stored = this.#ecr.repository(repository).images;
    return [...this.byDigest.values()].filter(({ digest }) => stored.has(digest));
  }

  /** Since when the registry has it no more; never, where it is there. */
  goneSinceMs(digest: string): number {
    return this.isThere(digest) ? Infinity : (this.#goneMs.get(digest) ?? Infinity);
  }

  /** Whether the registry had it without a break. */
  wasNeverGone(digest: string): boolean {
    return !this.#goneMs.has(digest);
  }

  /** Whether the registry still has it. */
  isThere(digest: string): boolean {
    const image = this.byDigest.get(digest);
    return image !== undefined && this.#ecr.repositories.get(image.repository)?.images.get(digest)?.status === 'ACTIVE';
  }

  /** Whether an image as a container names it (`…/repository:tag`) is one of our repositories, and nothing that can be pulled has that tag now. */
  isUnpullable(image: string): boolean {
    const [name = '', tag = ''] = image.slice(image.indexOf('/') + 1).split(':');
    const repository = this.#ecr.repositories.get(name);
    return repository !== undefined && !this.isThere(repository.tags.get(tag) ?? '');
  }

  /** The tags that name it now. */
  tagsOf({ repository, digest }: PushedImage): string[] {
    return [...(this.#ecr.repositories.get(repository)?.images.get(digest)?.tags ?? [])];
  }

  /** Pushes a new image under a tag. */
  push(
    repository: string,
    kind: ImageKind,
    tags: readonly string[],
    { architecture = 'amd64', findings, oneWay = false }: Build = {},
  ): PushedImage {
    const number = this.byDigest.size + 1;
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(`config ${number}`), size: 1 };
    const scanned = findings === undefined ? {} : { 'autopilot.sandbox/findings': findings };
    const annotations = { 'autopilot.sandbox/run': kind.run, ...scanned, number: String(number) };
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config,
      layers: [],
      annotations,
    });
    const digest = digestOf(manifest);
    const pushedAtMs = this.#agenda.now().getTime();
    const image = { repository, digest, kind, manifest, pushedAtMs, architecture, findings, oneWay, taggedMs: new Map<string, number>() };
    this.byDigest.set(image.digest, image);
    for (const tag of tags) this.tag(image, tag);
    return image;
  }

  /** Puts a tag on an image that was pushed; a tag that it has already stays. */
  tag({ repository, digest, manifest, taggedMs }: PushedImage, imageTag: string): void {
    if (this.#ecr.repository(repository).tags.get(imageTag) === digest) return;
    taggedMs.set(imageTag, this.#agenda.now().getTime());
    this.#ecr.putImage(repository, { imageManifest: manifest, imageTag });
  }
}
