import type { Instant } from '../domain/instant.ts';

/** Partition keys of the index `due`: four, so that a minute in which every service is due does not fall on one. */
export const dueShards = ['due#0', 'due#1', 'due#2', 'due#3'] as const;

/** The index's attributes, written and removed together: undefined leaves them as they are, null takes the item out of the index. */
export function dueAttributes(partitionKey: string, dueAt: Instant | null | undefined): Record<string, string | null> {
  if (dueAt === undefined) return {};
  return { dueAt, dueShard: dueAt === null ? null : shardOf(partitionKey) };
}

function shardOf(partitionKey: string): string {
  let hash = 0;
  for (const character of partitionKey) hash = (hash * 31 + character.charCodeAt(0)) % 0x7fff_ffff;
  return dueShards[hash % dueShards.length] ?? dueShards[0];
}
