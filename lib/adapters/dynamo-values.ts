import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * A value as DynamoDB takes it. Written by hand, since the package for it weighs a seventh of what a function may add to its clients and most
 * of that is for kinds of values that no item of ours holds (docs/decisions/0003); held to that package by properties.
 */
export function toAttribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { N: String(value) };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((one) => one !== undefined).map(toAttribute) };
  if (value instanceof Set) return { SS: [...value] as string[] };
  if (typeof value === 'object') return { M: toAttributes(value) };
  throw new TypeError(`a table keeps no such ${typeof value}`);
}

/** The members of an object as attributes; what is undefined is left out, at every depth. */
export function toAttributes(values: object): Record<string, AttributeValue> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, toAttribute(value)]));
}

/** An item in JavaScript's own values. Kinds that we never write stay as the client gives them: an item may hold what others added. */
export function fromAttributes(attributes: Record<string, AttributeValue>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, fromAttribute(attribute)]));
}

function fromAttribute({ N, NULL, L, M, SS, ...other }: AttributeValue): unknown {
  if (N !== undefined) return Number(N);
  if (NULL !== undefined) return null;
  if (L !== undefined) return L.map(fromAttribute);
  if (M !== undefined) return fromAttributes(M);
  return SS === undefined ? Object.values(other)[0] : new Set(SS);
}
