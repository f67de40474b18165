import { EcrError } from '../model/ecr/errors.ts';
import { pageOf } from '../paging.ts';

/** A page of an ECR listing: 100 unless asked for more, 1,000 at most. */
export function ecrPage<Item>(
  items: readonly Item[],
  input: { maxResults?: number | undefined; nextToken?: string | undefined },
): { items: Item[]; nextToken: string | undefined } {
  const size = input.maxResults ?? 100;
  if (size < 1 || size > 1000) throw invalidParameter('maxResults', 'Member must be between 1 and 1000');
  const page = pageOf(items, size, input.nextToken);
  if (page === undefined) throw invalidParameter('nextToken', 'Member must be a token of this listing');
  return { items: page.items, nextToken: page.next };
}

/** Refuses more names in one call than ECR takes. */
export function checkMost(member: string, names: readonly unknown[] | undefined, most = 100): void {
  if ((names?.length ?? 0) > most) throw invalidParameter(member, `Member must have length less than or equal to ${most}`);
}

export function invalidParameter(member: string, constraint: string): EcrError {
  return new EcrError('InvalidParameterException', `Invalid parameter at '${member}' failed to satisfy constraint: '${constraint}'`);
}
