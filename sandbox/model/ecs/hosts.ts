import { ecsArn } from './arns.ts';
import type { Host } from './host.ts';
import type { Surroundings } from './surroundings.ts';
import type { Task } from './task.ts';
import { isWanted } from './task.ts';

/** The container instances of each cluster: as many as was chosen, over the zones, there from the first task of launch type EC2 on. */
export class Hosts {
  readonly #surroundings: Surroundings;
  readonly #hosts = new Map<string, Host[]>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  of(clusterName: string): Host[] {
    const known = this.#hosts.get(clusterName) ?? this.#create(clusterName);
    this.#hosts.set(clusterName, known);
    return known;
  }

  /** Where the next task goes beside these: to the host that has the fewest of them. */
  next(clusterName: string, beside: Iterable<Task>): Host | undefined {
    const counts = new Map(this.of(clusterName).map((host) => [host, 0]));
    for (const task of beside) {
      const { host } = task.order;
      if (host !== undefined && isWanted(task)) counts.set(host, (counts.get(host) ?? 0) + 1);
    }
    const [least] = [...counts].toSorted(([, a], [, b]) => a - b);
    return least?.[0];
  }

  #create(clusterName: string): Host[] {
    const { chance, choices, region } = this.#surroundings;
    return Array.from({ length: choices.containerInstances }, (_, i) => ({
      arn: ecsArn(this.#surroundings, 'container-instance', clusterName, chance.hex(32)),
      instanceId: `i-0${chance.hex(16)}`,
      availabilityZone: `${region}${'abc'[i % 3]}`,
    }));
  }
}
