import type { Service } from './service.ts';
import type { ServiceDeployment } from './service-deployment.ts';
import { serviceView } from './service-view.ts';
import type { ServiceView } from './service-view.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

interface Past {
  untilMs: number;
  view: ServiceView;
  history: ServiceDeployment[];
}

/** Reads that lag behind writes, as AWS's do: each read draws an age, and sees what stood before any write younger than that. */
export class StaleReads {
  readonly #surroundings: Surroundings;
  readonly #oldestMs: number;
  readonly #pasts = new WeakMap<Service, Past[]>();

  constructor(surroundings: Surroundings, oldestMs: number) {
    this.#surroundings = surroundings;
    this.#oldestMs = oldestMs;
  }

  /** To be called before each change that a read could miss: a write, or a turn of a rollout. */
  remember(service: Service): void {
    if (this.#oldestMs === 0) return;
    const untilMs = nowMs(this.#surroundings);
    const pasts = (this.#pasts.get(service) ?? []).filter((past) => past.untilMs > untilMs - this.#oldestMs);
    const history = service.history.map((record) => ({ ...record }));
    this.#pasts.set(service, [...pasts, { untilMs, view: serviceView(service), history }]);
  }

  /** What a read sees in place of the present; undefined where it sees the present. */
  recall(service: Service): Pick<Past, 'view' | 'history'> | undefined {
    if (this.#oldestMs === 0) return undefined;
    const seenMs = nowMs(this.#surroundings) - this.#surroundings.chance.between(0, this.#oldestMs);
    return this.#pasts.get(service)?.find(({ untilMs }) => untilMs > seenMs);
  }
}
