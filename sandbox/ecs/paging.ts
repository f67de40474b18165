import { invalid } from '../model/ecs/errors.ts';
import { pageOf } from '../paging.ts';

/** A page of an ECS listing, whose size has a default and at most 100. */
export function ecsPage<Item>(
  items: readonly Item[],
  input: { maxResults?: number | undefined; nextToken?: string | undefined },
  defaultSize = 100,
): { items: Item[]; nextToken: string | undefined } {
  const size = input.maxResults ?? defaultSize;
  if (size < 1 || size > 100) throw invalid('maxResults must be between 1 and 100.');
  const page = pageOf(items, size, input.nextToken);
  if (page === undefined) throw invalid('Invalid token.');
  return { items: page.items, nextToken: page.next };
}

/** Refuses a call that names none or too many. */
export function checkCount(what: string, names: readonly unknown[] | undefined, most: number): void {
  if (!names?.length) throw invalid(`${what} cannot be empty.`);
  if (names.length > most) throw invalid(`${what} can have at most ${most} items.`);
}
