/** One page of a listing, and the token of the next where there is more. Undefined: the token is none of ours. */
export function pageOf<Item>(
  items: readonly Item[],
  size: number,
  token: string | undefined,
): { items: Item[]; next: string | undefined } | undefined {
  const from =
    token === undefined
      ? 0
      : Number(
          Buffer.from(token, 'base64url')
            .toString()
            .replace(/^from:/, ''),
        );
  if (!Number.isSafeInteger(from) || from < 0 || from > items.length) return undefined;
  const end = from + size;
  return { items: items.slice(from, end), next: end < items.length ? Buffer.from(`from:${end}`).toString('base64url') : undefined };
}
