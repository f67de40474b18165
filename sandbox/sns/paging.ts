import { pageOf } from '../paging.ts';
import { AwsError } from '../service.ts';

/** A page of an SNS listing: always a hundred. */
export function snsPage<Item>(items: readonly Item[], token: string | undefined): { items: Item[]; NextToken: string | undefined } {
  const page = pageOf(items, 100, token);
  if (!page) throw new AwsError('InvalidParameterException', 'Invalid parameter: NextToken');
  return { items: page.items, NextToken: page.next };
}
