import type { Agenda } from '../../sandbox/model/agenda.ts';
import type { EcrModel } from '../../sandbox/model/ecr/model.ts';
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
}

/** All images that were ever pushed, with what they do: the truth that judges measure by. */
export class Images {
  readonly #ecr: EcrModel;
  readonly #agenda: Agenda;
  readonly byDigest = new Map<string, PushedImage>();

  constructor(ecr: EcrModel, agenda: Agenda) {
    this.#ecr = ecr;
    this.#agenda = agenda;
  }

  /** Creates a repository. */
  open(repositoryName: string): void {
    this.#ecr.createRepository({ repositoryName });
  }

  /** Whether the registry still has it. */
  isThere(digest: string): boolean {
    const image = this.byDigest.get(digest);
    return image !== undefined && this.#ecr.repositories.get(image.repository)?.images.get(digest)?.status === 'ACTIVE';
  }

  /** The tags that name it now. */
  tagsOf({ repository, digest }: PushedImage): string[] {
    return [...(this.#ecr.repositories.get(repository)?.images.get(digest)?.tags ?? [])];
  }

  /** Pushes a new image under a tag. */
  push(repository: string, kind: ImageKind, tags: readonly string[]): PushedImage {
    const number = this.byDigest.size + 1;
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(`config ${number}`), size: 1 };
    const annotations = { 'autopilot.sandbox/run': kind.run, number: String(number) };
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config,
      layers: [],
      annotations,
    });
    const image = { repository, digest: digestOf(manifest), kind, manifest, pushedAtMs: this.#agenda.now().getTime() };
    this.byDigest.set(image.digest, image);
    for (const tag of tags) this.tag(image, tag);
    return image;
  }

  /** Puts a tag on an image that was pushed; a tag that it has already stays. */
  tag({ repository, digest, manifest }: PushedImage, imageTag: string): void {
    if (this.#ecr.repository(repository).tags.get(imageTag) === digest) return;
    this.#ecr.putImage(repository, { imageManifest: manifest, imageTag });
  }
}
