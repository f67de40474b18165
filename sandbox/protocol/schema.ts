/** What the SDK's model adds to a shape: where it stands in an HTTP message, what XML calls it, which code an error has. */
export interface Traits {
  http?: [method: string, path: string, status: number];
  httpLabel?: number;
  httpPayload?: number;
  httpResponseCode?: number;
  httpHeader?: string;
  httpQuery?: string;
  httpError?: number;
  awsQueryError?: [code: string, status: number];
  xmlName?: string;
  xmlFlattened?: number;
}

type Kind = 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document' | 'unit' | 'list' | 'map' | 'structure';

/** A shape of the SDK's own model, in the form in which the protocols read it. */
export interface Shape {
  kind: Kind;
  name: string;
  traits: Traits;
  /** Members of a structure by name; they point to each other, so each is read when asked for. */
  members: ReadonlyMap<string, () => Shape>;
  required: readonly string[];
  timestampFormat: 'default' | 'date-time' | 'http-date' | 'epoch-seconds';
  /** The key of a map. */
  key: () => Shape;
  /** The value of a map, the element of a list. */
  value: () => Shape;
}

/** An operation of the SDK's own model. */
export interface OperationShape {
  name: string;
  traits: Traits;
  input: Shape;
  output: Shape;
}

const bits = ['httpLabel', 'idempotent', 'idempotencyToken', 'sensitive', 'httpPayload', 'httpResponseCode', 'httpQueryParams'];
const simpleKinds: Record<number, Kind> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  15: 'document',
  17: 'number',
  19: 'number',
  21: 'blob',
  42: 'blob',
};
const timestampFormats = { 4: 'default', 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' } as const;
const known = new WeakMap<object, Shape>();
const sentinels = new Map<number, Shape>();

/** Reads a reference of the model: a sentinel number, a shape, a shape with a member's traits, or a function that answers one of these. */
export function shapeOf(reference: unknown): Shape {
  if (typeof reference === 'function') return shapeOf((reference as () => unknown)());
  if (typeof reference === 'number') return knownSentinel(reference);
  if (!Array.isArray(reference)) return plain('unit');
  const cached = known.get(reference);
  if (cached) return cached;
  const shape = isMember(reference) ? member(reference) : composite(reference);
  known.set(reference, shape);
  return shape;
}

/** Reads an operation of the model; undefined for anything else that a client exports. */
export function operationOf(schema: unknown): OperationShape | undefined {
  if (!Array.isArray(schema) || schema[0] !== 9) return undefined;
  return { name: schema[2] as string, traits: traitsOf(schema[3]), input: shapeOf(schema[4]), output: shapeOf(schema[5]) };
}

function isMember(reference: unknown[]): boolean {
  return reference.length === 2;
}

function member([target, traits]: unknown[]): Shape {
  const shape = shapeOf(target);
  return { ...shape, traits: { ...shape.traits, ...traitsOf(traits) } };
}

function composite(schema: unknown[]): Shape {
  const [id, , name, traits, first, second, required = 0] = schema as [number, string, string, unknown, unknown, unknown, number?];
  const base = { name, traits: traitsOf(traits) };
  if (id === 0) return { ...shapeOf(first), ...base };
  if (id === 1) return { ...plain('list'), ...base, value: () => shapeOf(first) };
  if (id === 2) return { ...plain('map'), ...base, key: () => shapeOf(first), value: () => shapeOf(second) };
  const names = first as string[];
  const members = new Map(names.map((memberName, index) => [memberName, () => shapeOf((second as unknown[])[index])]));
  return { ...plain('structure'), ...base, members, required: names.slice(0, required) };
}

function knownSentinel(id: number): Shape {
  const shape = sentinels.get(id) ?? sentinel(id);
  sentinels.set(id, shape);
  return shape;
}

function sentinel(id: number): Shape {
  if (id & 128) return { ...plain('map'), value: () => sentinel(id & ~128) };
  if (id & 64) return { ...plain('list'), value: () => sentinel(id & ~64) };
  const timestampFormat = timestampFormats[id as keyof typeof timestampFormats];
  if (timestampFormat) return { ...plain('timestamp'), timestampFormat };
  return plain(simpleKinds[id] ?? 'document');
}

function plain(kind: Kind): Shape {
  const string = (): Shape => plain('string');
  return { kind, name: '', traits: {}, members: new Map(), required: [], timestampFormat: 'default', key: string, value: string };
}

function traitsOf(traits: unknown): Traits {
  if (typeof traits !== 'number') return traits ?? {};
  return Object.fromEntries(bits.filter((_, bit) => traits & (1 << bit)).map((name) => [name, 1]));
}
