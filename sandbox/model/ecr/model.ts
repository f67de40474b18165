import type { Agenda } from '../agenda.ts';
import type { Architecture, ImageSource, PulledImage } from '../ecs/image-source.ts';
import { EcrError } from './errors.ts';
import { cached, deleted, moved, pushed, replicated } from './image-actions.ts';
import type { EmittedEvent, Upstream } from './image-actions.ts';
import { findImage, imageNotFound, isFailure } from './image-id.ts';
import type { ImageFailure, ImageId } from './image-id.ts';
import { Layers } from './layers.ts';
import { pushImage } from './push.ts';
import type { Push } from './push.ts';
import type { Image, ImageStatus, Mutability, Repository } from './repository.ts';
import { RunSource } from './run-source.ts';
import { Scans } from './scans.ts';

const restoringMs = 15 * 60_000; // By AWS's account up to 20 minutes.

export interface EcrOptions {
  agenda: Agenda;
  emit: (event: EmittedEvent) => void;
  account: string;
  region: string;
  /** Whether a manifest is taken only where its configuration and layers were uploaded. */
  layersRequired?: boolean;
}

export interface RepositoryInput {
  repositoryName: string;
  mutability?: Mutability | undefined;
  exclusions?: string[];
  scanOnPush?: boolean;
}

/** Amazon ECR as one account and region see it: repositories, images, layers, and the events of pushes and deletions. */
export class EcrModel implements ImageSource {
  readonly repositories = new Map<string, Repository>();
  readonly layers = new Layers();
  readonly scans: Scans;
  readonly #options: EcrOptions;
  readonly #source: RunSource;

  constructor(options: EcrOptions) {
    this.#options = options;
    this.#source = new RunSource(options.account, this.repositories);
    this.scans = new Scans(options.agenda, options.emit);
  }

  createRepository({ repositoryName: name, mutability = 'MUTABLE', exclusions = [], scanOnPush = false }: RepositoryInput): Repository {
    const { account, region } = this.#options;
    if (!/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/.test(name))
      throw new EcrError('InvalidParameterException', `Invalid parameter at 'repositoryName': '${name}'`);
    if (this.repositories.has(name))
      throw new EcrError('RepositoryAlreadyExistsException', `The repository with name '${name}' already exists ${this.#inRegistry()}`);
    const repository: Repository = {
      name,
      arn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
      uri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
      registryId: account,
      createdAtMs: this.#now(),
      mutability,
      exclusions,
      scanOnPush,
      policy: undefined,
      images: new Map(),
      tags: new Map(),
      layers: new Map(),
      order: undefined,
    };
    this.repositories.set(name, repository);
    return repository;
  }

  repository(name: string): Repository {
    const repository = this.repositories.get(name);
    if (repository !== undefined) return repository;
    throw new EcrError('RepositoryNotFoundException', `The repository with name '${name}' does not exist ${this.#inRegistry()}`);
  }

  /** PutImage: one call, one tag, one PUSH event. */
  putImage(repositoryName: string, push: Push): Image {
    const repository = this.repository(repositoryName);
    const image = pushImage(repository, push, this.#now(), this.#options.layersRequired);
    this.#options.emit(pushed(repository, image, push.imageTag));
    this.scans.pushed(repository, image);
    return image;
  }

  /** An image arrives from another region: it is there, and REPLICATE is told in place of PUSH. */
  receiveReplica(repositoryName: string, push: Push & { imageTag: string }, from: { account: string; region: string }): Image {
    const repository = this.repository(repositoryName);
    const image = pushImage(repository, push, this.#now());
    this.#options.emit(replicated(repository, image, push.imageTag, from));
    this.scans.pushed(repository, image);
    return image;
  }

  /** A pull through the cache brings an image from its upstream: it is there, and the cache tells what came of it. */
  pullThrough(repositoryName: string, upstream: Upstream, push: Push & { imageTag: string }): Image {
    const repository = this.repositories.get(repositoryName) ?? this.createRepository({ repositoryName });
    const image = pushImage(repository, push, this.#now());
    this.#options.emit(cached(repository, image, push.imageTag, upstream));
    this.scans.pushed(repository, image);
    return image;
  }

  /** The image of that id; throws AWS's refusal where there is none. */
  image(repositoryName: string, imageId: ImageId): { repository: Repository; image: Image } {
    const repository = this.repository(repositoryName);
    const image = findImage(repository, imageId);
    if (isFailure(image)) throw imageNotFound(repository, imageId);
    return { repository, image };
  }

  /** By tag: takes the tag, and the image with its last one. By digest: takes the image with all its tags. */
  deleteImage(repositoryName: string, imageId: ImageId): Image | ImageFailure {
    const repository = this.repository(repositoryName);
    const image = findImage(repository, imageId);
    if (isFailure(image)) return image;
    const { imageTag } = imageId;
    if (imageTag === undefined || image.tags.size === 1) {
      const index = indexOver(repository, image);
      if (index !== undefined) return stillReferenced(imageId, index);
    }
    if (imageTag !== undefined) {
      image.tags.delete(imageTag);
      repository.tags.delete(imageTag);
    }
    if (imageTag === undefined || image.tags.size === 0) remove(repository, image);
    this.#options.emit(deleted(repository, image, imageTag));
    return image;
  }

  /** Archives an image, or activates it again. An archived one cannot be pulled, and listings leave it out. */
  setImageStatus(repositoryName: string, imageId: ImageId, status: ImageStatus): Image {
    const { image } = this.image(repositoryName, imageId);
    image.status = status;
    image.statusChangedAtMs = this.#now();
    return image;
  }

  /** UpdateImageStorageClass: an image is archived at once, and is there again after some minutes, ACTIVATING until then. */
  moveImage(repositoryName: string, imageId: ImageId, target: 'ARCHIVE' | 'STANDARD'): Image {
    const { repository, image } = this.image(repositoryName, imageId);
    if ((image.status === 'ACTIVE') !== (target === 'ARCHIVE'))
      throw new EcrError('ImageStorageClassUpdateNotSupportedException', `The image is ${image.status} and cannot be moved to ${target}.`);
    this.setImageStatus(repositoryName, imageId, target === 'ARCHIVE' ? 'ARCHIVED' : 'ACTIVATING');
    if (target === 'ARCHIVE') this.#options.emit(moved(repository, image, target));
    else this.#options.agenda.at(new Date(this.#now() + restoringMs), () => this.#restore(repository, image));
    return image;
  }

  #restore(repository: Repository, image: Image): void {
    if (image.status !== 'ACTIVATING' || !repository.images.has(image.manifest.digest)) return; // Pushed again or deleted meanwhile.
    Object.assign(image, { status: 'ACTIVE', statusChangedAtMs: this.#now() });
    this.#options.emit(moved(repository, image, 'STANDARD'));
    this.scans.restored(repository, image);
  }

  behaviour(reference: string, architecture: Architecture): PulledImage | undefined {
    return this.#source.behaviour(reference, architecture);
  }

  #now(): number {
    return this.#options.agenda.now().getTime();
  }

  #inRegistry(): string {
    return `in the registry with id '${this.#options.account}'`;
  }
}

function remove(repository: Repository, image: Image): void {
  for (const tag of image.tags) repository.tags.delete(tag);
  repository.images.delete(image.manifest.digest);
  repository.order = undefined;
}

function indexOver(repository: Repository, image: Image): Image | undefined {
  return [...repository.images.values()].find(({ manifest }) => manifest.children.some(({ digest }) => digest === image.manifest.digest));
}

function stillReferenced(imageId: ImageId, { manifest }: Image): ImageFailure {
  const failureReason = `Requested image referenced by manifest list: [${manifest.digest}]`;
  return { imageId, failureCode: 'ImageReferencedByManifestList', failureReason };
}
