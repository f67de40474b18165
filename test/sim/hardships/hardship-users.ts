import { tasksOf, type Service } from '../../../sandbox/model/ecs/service.ts';
import { asUser } from '../as-user.ts';
import type { Fleet } from '../fleet.ts';
import type { Models } from '../models.ts';
import { partsOf } from '../place.ts';
import { later, type Surroundings } from '../surroundings.ts';
import type { HardshipAction } from './hardship-action.ts';

/** Whoever brings hardship on a fleet: a dependency that goes away, clean-ups of registries and of task definitions. */
export class HardshipUsers {
  readonly #surroundings: Surroundings;
  readonly #fleet: Fleet;
  readonly #models: Models;

  constructor(surroundings: Surroundings, fleet: Fleet, models: Models) {
    this.#surroundings = surroundings;
    this.#fleet = fleet;
    this.#models = models;
  }

  /** Does it now; what AWS refuses is not done. */
  act(action: HardshipAction): void {
    asUser(this.#surroundings, action, () => this.#do(action));
  }

  #do(action: HardshipAction): void {
    const { ecs, images } = this.#models;
    switch (action.do) {
      case 'outage':
        return this.#beginOutage(action.forMs);
      case 'archive': {
        const spare = images.inRegistry(action.repository).filter(({ digest }) => !this.#running(digest));
        const image = spare[action.choice % Math.max(1, spare.length)];
        return image && images.archive(image);
      }
      case 'retire revision': {
        const { name } = partsOf(action.service);
        const inUse = new Set(this.#services().flatMap(({ deployments }) => deployments.map(({ definition }) => definition.arn)));
        const spare = ecs.definitions.list('ACTIVE', name).filter(({ arn }) => !inUse.has(arn));
        const revision = spare[action.choice % Math.max(1, spare.length)];
        if (revision !== undefined) ecs.definitions.deregister(revision.arn);
        return;
      }
      default:
        return action satisfies never;
    }
  }

  // Whoever holds a connection loses it within seconds of each other.
  #beginOutage(forMs: number): void {
    this.#models.outages.begin(forMs);
    for (const service of this.#services())
      for (const task of tasksOf(service))
        later(this.#surroundings, this.#surroundings.delays.between(500, 20_000), () => {
          if (task.lastStatus === 'RUNNING') this.#models.ecs.faults.exit(task, 1);
        });
  }

  #running(digest: string): boolean {
    const containers = this.#services().flatMap(({ deployments }) => deployments.flatMap(({ definition }) => definition.containers));
    return containers.some(({ image }) => image.endsWith(digest) || image.endsWith(':latest'));
  }

  #services(): Service[] {
    return [...this.#fleet.members.keys()].map((key) => this.#models.ecs.service(partsOf(key).cluster, partsOf(key).name));
  }
}
