import type { Service } from './service.ts';
import type { ServiceLog } from './service-log.ts';
import type { Surroundings } from './surroundings.ts';

/** Tells that a service is as it should be: when it gets there, and again every six hours as long as that lasts. */
export class SteadyState {
  readonly #surroundings: Surroundings;
  readonly #log: ServiceLog;
  readonly #repeatsEveryMs: number;

  /** An interval of 0 tells it once only. */
  constructor(surroundings: Surroundings, log: ServiceLog, repeatsEveryMs: number) {
    this.#surroundings = surroundings;
    this.#log = log;
    this.#repeatsEveryMs = repeatsEveryMs;
  }

  lose({ scheduling }: Service): void {
    scheduling.steady = false;
    scheduling.unrest++;
  }

  reach(service: Service): void {
    if (service.scheduling.steady) return;
    service.scheduling.steady = true;
    this.#tell(service, service.scheduling.unrest);
  }

  #tell(service: Service, unrest: number): void {
    if (!service.scheduling.steady || service.scheduling.unrest !== unrest) return;
    this.#log.note(service, 'has reached a steady state.');
    this.#log.action(service, 'INFO', 'SERVICE_STEADY_STATE');
    if (this.#repeatsEveryMs === 0) return;
    const { agenda } = this.#surroundings;
    agenda.at(new Date(agenda.now().getTime() + this.#repeatsEveryMs), () => this.#tell(service, unrest));
  }
}
