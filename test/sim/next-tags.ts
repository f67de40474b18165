import type { Draws } from './draws.ts';

/** A tag as it is, or a word for one: `main` and `other` are numbered when they are pushed. */
export type PushedTag = 'latest' | 'main' | 'other' | `build-${number}` | `v${string}`;

/** Numbers builds and versions as teams do: mostly upwards, and now and then a fix of an older version, a preview, or the next major one. */
export class NextTags {
  readonly #builds = new Map<string, number>();
  readonly #minors = new Map<string, number>();
  #patches = 0;

  /** The tags of one push, in the order in which they are pushed. */
  draw(draws: Draws, repository: string): PushedTag[] {
    const [build, version] = this.ofKinds(draws, repository);
    const tags = (['main', 'latest', build, version] as const).filter(() => draws.likely(0.7));
    if (tags.length === 0) return ['other'];
    const from = draws.between(0, tags.length - 1);
    return [...tags.slice(from), ...tags.slice(0, from)];
  }

  /** The next build and the next version. */
  ofKinds(draws: Draws, repository: string): [PushedTag, PushedTag] {
    const build = (this.#builds.get(repository) ?? 0) + 1;
    this.#builds.set(repository, build);
    return [draws.likely(0.9) ? `build-${build}` : `build-${draws.between(0, build)}`, this.#version(draws, repository)];
  }

  #version(draws: Draws, repository: string): PushedTag {
    const minor = (this.#minors.get(repository) ?? 0) + (draws.likely(0.7) ? 1 : 0);
    this.#minors.set(repository, minor);
    this.#patches += 1;
    return draws.weighted<PushedTag>([
      [8, `v1.${minor}.${this.#patches}`],
      [1, `v1.${Math.max(0, minor - 1)}.${this.#patches}`],
      [1, `v1.${minor + 1}.0-rc.${this.#patches}`],
      [0.5, `v2.0.${this.#patches}`],
    ]);
  }
}
