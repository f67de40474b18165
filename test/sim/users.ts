import type { EcrModel } from '../../sandbox/model/ecr/model.ts';
import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import type { Service } from '../../sandbox/model/ecs/service.ts';
import { tasksOf } from '../../sandbox/model/ecs/service.ts';
import { asUser } from './as-user.ts';
import { documentOf, referenceTo, type Fleet, type Member } from './fleet.ts';
import type { Images, PushedImage } from './images.ts';
import { partsOf } from './place.ts';
import type { PushedTag } from './next-tags.ts';
import type { HardshipAction } from './hardships/hardship-action.ts';
import type { CapacityAction } from './nights/capacity-action.ts';
import type { Action } from './script.ts';
import { later, type Surroundings } from './surroundings.ts';

/** What is done to AWS directly. */
export type ByHand = Exclude<Action, { do: 'command' | 'configure' } | CapacityAction | HardshipAction>;

/** People and AWS: they act on the models directly, and never ask the product. */
export class Users {
  readonly #surroundings: Surroundings;
  readonly #fleet: Fleet;
  readonly #ecs: EcsModel;
  readonly #ecr: EcrModel;
  readonly #images: Images;
  #pushes = 0;

  constructor(surroundings: Surroundings, fleet: Fleet, { ecs, ecr, images }: { ecs: EcsModel; ecr: EcrModel; images: Images }) {
    this.#surroundings = surroundings;
    this.#fleet = fleet;
    this.#ecs = ecs;
    this.#ecr = ecr;
    this.#images = images;
  }

  /** Does it now; what AWS refuses is not done. */
  act(action: ByHand): void {
    asUser(this.#surroundings, action, () => this.#do(action));
  }

  #do(action: ByHand): void {
    if ('service' in action) return this.#toService(action);
    switch (action.do) {
      case 'push': {
        this.#pushes += 1;
        const tags = action.tags.map((tag) => this.#nameOf(tag));
        this.#images.push(action.repository, action.kind, tags, action.build);
        return;
      }
      case 'retag': {
        if (action.tag !== undefined) this.#pushes += 1;
        const image = this.#choose(action.repository, action.choice);
        return this.#images.tag(image, action.tag === undefined ? 'latest' : this.#nameOf(action.tag));
      }
      case 'spot storm': {
        const struck = action.services.flatMap((key) => [...tasksOf(this.#service(key))]);
        for (const task of struck.filter(({ lastStatus }) => lastStatus === 'RUNNING')) this.#ecs.faults.interruptSpot(task);
        return;
      }
      case 'expire':
        return this.#expire(action.repository, action.choice);
      default:
        return action satisfies never;
    }
  }

  #nameOf(tag: PushedTag): string {
    if (tag === 'main') return `main-${this.#pushes}`;
    return tag === 'other' ? `try-${this.#pushes}` : tag;
  }

  #toService(action: Extract<ByHand, { service: string }>): void {
    const service = this.#service(action.service);
    const tasks = [...tasksOf(service)].filter(({ lastStatus }) => lastStatus === 'RUNNING');
    switch (action.do) {
      case 'interrupt spot':
        for (const task of action.all ? tasks : tasks.slice(0, 1)) this.#ecs.faults.interruptSpot(task);
        return;
      case 'no capacity':
        this.#ecs.faults.noCapacity(service, true);
        later(this.#surroundings, action.forMs, () => this.#ecs.faults.noCapacity(service, false));
        return;
      case 'retire hosts':
        return this.#ecs.faults.retireAll(service);
      case 'stop task':
        if (tasks[0] !== undefined) this.#ecs.stopTask(service.clusterName, tasks[0].id);
        return;
      case 'scale':
        return this.#update(action.service, { desiredCount: action.to });
      case 'auto-scale':
        this.#ecs.scaleService(service.clusterName, partsOf(action.service).name, action.to);
        return;
      case 'force':
        return this.#update(action.service, { forceNewDeployment: true });
      case 'deploy outside': {
        const member = this.#fleet.members.get(action.service) as Member;
        const references = Object.keys(member.containers).map((repository) => {
          const { digest } = this.#choose(repository, action.choice);
          return [repository, referenceTo(repository, action.byTag ? ':latest' : `@${digest}`)] as const;
        });
        const document = documentOf(partsOf(action.service).name, member, Object.fromEntries(references));
        return this.#update(action.service, { taskDefinition: this.#ecs.definitions.register(document).arn });
      }
      case 'go back outside': {
        const revisions = this.#ecs.definitions.list('ACTIVE', partsOf(action.service).name);
        return this.#update(action.service, { taskDefinition: revisions[action.choice % revisions.length]?.arn ?? '' });
      }
      default:
        return action satisfies never;
    }
  }

  #update(key: string, change: { desiredCount?: number; forceNewDeployment?: boolean; taskDefinition?: string }): void {
    const { cluster, name } = partsOf(key);
    this.#ecs.updateService({ cluster, service: name, ...change });
  }

  /** An image that no service runs and no policy's newest is expired by a lifecycle rule. */
  #expire(repository: string, choice: number): void {
    const images = this.#inRegistry(repository);
    const image = images[choice % images.length] as PushedImage;
    const { digest } = image;
    const running = [...this.#fleet.members.keys()].map((key) =>
      this.#service(key).deployments.map(({ definition }) => definition.containers),
    );
    const runs = running.flat(2).some((container) => container.image.endsWith(digest) || container.image.endsWith(':latest'));
    const newest = images.toSorted((a, b) => b.pushedAtMs - a.pushedAtMs).slice(0, 2);
    if (!runs && !newest.includes(image)) this.#images.expire(image);
  }

  #choose(repository: string, choice: number): PushedImage {
    const images = this.#inRegistry(repository).slice(-6);
    return images[choice % images.length] as PushedImage;
  }

  #inRegistry(repository: string): PushedImage[] {
    const stored = this.#ecr.repository(repository).images;
    return [...this.#images.byDigest.values()].filter(({ digest }) => stored.has(digest));
  }

  #service(key: string): Service {
    const { cluster, name } = partsOf(key);
    return this.#ecs.service(cluster, name);
  }
}
