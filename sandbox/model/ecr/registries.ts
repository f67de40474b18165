import type { Architecture, ImageSource, PulledImage } from '../ecs/image-source.ts';
import { isAllowed } from '../policy.ts';
import type { EmittedEvent } from './image-actions.ts';
import { EcrModel } from './model.ts';
import type { EcrOptions } from './model.ts';

/** Whose registry it is, and where. */
export interface RegistryPlace {
  account: string;
  region: string;
}

export interface RegistriesOptions extends EcrOptions {
  /** What a registry of another account tells, where that is. */
  emitElsewhere?: ((event: EmittedEvent, from: RegistryPlace) => void) | undefined;
}

const reference = /^((\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.[^/]+)\/([^:@]+)/;

/** All registries: the account's own, which is the same in every region, and one for each region of any other account. */
export class Registries implements ImageSource {
  readonly own: EcrModel;
  readonly #elsewhere = new Map<string, EcrModel>();
  readonly #options: RegistriesOptions;

  constructor(options: RegistriesOptions) {
    this.#options = options;
    this.own = new EcrModel(options);
  }

  /** The registry of an account in a region; an empty one where nothing was done yet. */
  of({ account, region }: RegistryPlace): EcrModel {
    if (account === this.#options.account) return this.own;
    const key = `${account}/${region}`;
    const known = this.#elsewhere.get(key);
    if (known !== undefined) return known;
    const emit = (event: EmittedEvent): void => this.#options.emitElsewhere?.(event, { account, region });
    const made = new EcrModel({ ...this.#options, account, region, emit });
    this.#elsewhere.set(key, made);
    return made;
  }

  /** The account's tasks pull from another account where that repository's policy lets some principal of theirs do so. */
  behaviour(image: string, architecture: Architecture): PulledImage | undefined {
    const [, , account, region = '', name = ''] = reference.exec(image) ?? [];
    if (account === undefined || account === this.#options.account) return this.own.behaviour(image, architecture);
    const registry = this.of({ account, region });
    const repository = registry.repositories.get(name);
    if (repository === undefined || !this.#mayPull(repository)) return undefined;
    return registry.behaviour(image, architecture);
  }

  /** The bytes of a layer: of a repository by its name, or by its whole address where it is another account's. */
  layer(repository: string, digest: string): Uint8Array | undefined {
    const [, , account = this.#options.account, region = '', name = repository] = reference.exec(repository) ?? [];
    return this.of({ account, region }).repository(name).layers.get(digest);
  }

  // Which role a task pulls by is not known here: the condition keys that only a role has are absent.
  #mayPull({ arn, policy }: { arn: string; policy: Parameters<typeof isAllowed>[0] }): boolean {
    const { account } = this.#options;
    const isOurs = (name: string): boolean => name === account || name.startsWith(`arn:aws:iam::${account}:`);
    return ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].every((action) =>
      isAllowed(policy, { principal: isOurs, action, resource: arn, context: {} }),
    );
  }
}
