import type { ReadLag } from './read-lag.ts';
import type { Service } from './service.ts';
import type { ServiceDeployment } from './service-deployment.ts';
import { serviceView } from './service-view.ts';
import type { ServiceView } from './service-view.ts';

interface Past {
  untilMs: number;
  view: ServiceView;
  history: ServiceDeployment[];
}

/** Reads that lag behind writes, as AWS's do: each read draws an age, and sees what stood before any write younger than that. */
export class StaleReads {
  readonly #lag: ReadLag;
  readonly #pasts = new WeakMap<Service, Past[]>();

  constructor(lag: ReadLag) {
    this.#lag = lag;
  }

  /** To be called before each change that a read could miss: a write, or a turn of a rollout. */
  remember(service: Service): void {
    if (this.#lag.oldestMs === 0) return;
    const untilMs = this.#lag.now();
    const pasts = (this.#pasts.get(service) ?? []).filter((past) => past.untilMs > untilMs - this.#lag.oldestMs);
    const history = service.history.map((record) => ({ ...record }));
    this.#pasts.set(service, [...pasts, { untilMs, view: serviceView(service), history }]);
  }

  /** What a read sees in place of the present; undefined where it sees the present. */
  recall(service: Service): Pick<Past, 'view' | 'history'> | undefined {
    if (this.#lag.oldestMs === 0) return undefined;
    const seenMs = this.#lag.seenMs(service.arn);
    return this.#pasts.get(service)?.find(({ untilMs }) => untilMs > seenMs);
  }
}
