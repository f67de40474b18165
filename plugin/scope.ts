import type { Configuration } from '../lib/domain/policy.ts';

/** A registry of ECR; both absent: the stack's own. */
export interface Registry {
  account?: string;
  region?: string;
}

export interface Repository extends Registry {
  name: string;
}

/** A repository as the configuration names it, taken apart. */
export function parseRepository(text: string): Repository {
  const [, account, region, name] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/.exec(text) ?? [];
  return account === undefined || region === undefined || name === undefined ? { name: text } : { account, region, name };
}

/** All repositories of the configuration, each once, in order. */
export function repositoriesOf({ services }: Pick<Configuration, 'services'>): Repository[] {
  const names = Object.values(services).flatMap(({ images }) => images.map(({ repository }) => repository));
  return [...new Set(names)].toSorted().map(parseRepository);
}

/** All clusters of the configuration, each once, in order. */
export function clustersOf({ services }: Configuration): string[] {
  return [...new Set(Object.values(services).map(({ cluster }) => cluster))].toSorted();
}

/** Groups in the order in which their first member stands. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
