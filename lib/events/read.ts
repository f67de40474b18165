/** Where in an event a value stands, and the list of all that is wrong with that event. */
export interface Place {
  path: string;
  faults: { path: string; told: string }[];
}

/** Reads a value from outside. What is wrong with it goes on the list, and then nothing comes back (docs/decisions/0009). */
export type Read<Value> = (input: unknown, place: Place) => Value | undefined;

/** What such a reader reads. */
export type ReadBy<Reader> = Reader extends Read<infer Value> ? Value : never;

/** The value, or everything that is wrong with it: for each fault a line in words, and one with the place. */
export function readWhole<Value>(read: Read<Value>, input: unknown): { value: Value } | { faults: string } {
  const place: Place = { path: '', faults: [] };
  const value = read(input, place);
  if (place.faults.length === 0) return { value: value as Value };
  const lines = place.faults.slice(0, faultsMost).map(({ path, told }) => `✖ ${told}${path === '' ? '' : `\n  → at ${path}`}`);
  const more = place.faults.length - lines.length;
  return { faults: [...lines, ...(more > 0 ? [`✖ … ${more} more`] : [])].join('\n') };
}

/** An event may hold thousands of entries, each of them wrong: a line of the log holds less. */
const faultsMost = 50;

/** Puts a fault on the list. */
export function refuse(told: string, { path, faults }: Place): undefined {
  faults.push({ path, told });
}

/** Puts on the list that another kind of value stands here; without the value, for events hold some that belong in no log. */
export function refuseKind(expected: string, input: unknown, place: Place): undefined {
  return refuse(`expected ${expected}, found ${kindOf(input)}`, place);
}

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  return Array.isArray(input) ? 'array' : typeof input;
}
