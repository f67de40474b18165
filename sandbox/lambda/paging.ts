import { pageOf } from '../paging.ts';
import { AwsError } from '../service.ts';

/** A page of a listing of Lambda: at most so many, however many are asked for. */
export function lambdaPage<Item>(
  items: readonly Item[],
  { Marker, MaxItems }: { Marker?: string | undefined; MaxItems?: number | undefined },
  most: number,
): { items: Item[]; NextMarker: string | undefined } {
  const page = pageOf(items, Math.min(MaxItems ?? most, most), Marker);
  if (!page) throw new AwsError('InvalidParameterValueException', 'The provided marker is invalid.', 400, { Type: 'User' });
  return { items: page.items, NextMarker: page.next };
}
