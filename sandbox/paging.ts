/** One page of a listing, and the token of the next where there is more. Undefined: the token is none of ours. */
export function pageOf<Item>(
  items: readonly Item[],
  size: number,
  token: string | undefined,
): { items: Item[]; next: string | undefined } | undefined {
  const from = token === undefined ? 0 : startOf(token);
  if (from === undefined || from > items.length) return undefined;
  const end = from + size;
  return { items: items.slice(from, end), next: end < items.length ? Buffer.from(`from:${end}`).toString('base64url') : undefined };
}

function startOf(token: string): number | undefined {
  const [, start] = /^from:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  return start === undefined ? undefined : Number(start);
}
