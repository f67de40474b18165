import type { ImageSource } from '../../../sandbox/model/ecs/image-source.ts';

/** What all images of the world depend on, a database say: while it is away none of them keeps running. */
export class Outages {
  readonly #now: () => number;
  #untilMs = -Infinity;
  /** When it was away first. */
  sinceMs = Infinity;

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(forMs: number): void {
    this.sinceMs = Math.min(this.sinceMs, this.#now());
    this.#untilMs = Math.max(this.#untilMs, this.#now() + forMs);
  }

  /** The images as tasks find them: each ends soon after its start while the outage lasts, whatever it does otherwise. */
  over(images: ImageSource): ImageSource {
    return {
      behaviour: (reference, architecture) => {
        const found = images.behaviour(reference, architecture);
        return found === undefined || this.#now() >= this.#untilMs ? found : { ...found, run: 'crash after=12s exit=1' };
      },
    };
  }
}
