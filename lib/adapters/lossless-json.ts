/** TypeScript's library does not know yet that a reviver is told the source of a number, and that JSON can carry one as it was written. */
interface JsonWithSources {
  parse(text: string, reviver: (name: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
}
const json = JSON as unknown as JsonWithSources;

/** Reads JSON so that JSON.stringify writes every number as it was: those that a number of JavaScript would round are kept as text. */
export function parseLossless(text: string): unknown {
  return json.parse(text, (_name, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? json.rawJSON(source) : value,
  );
}

/** Whether it is a map of members, and not a number that was kept as text. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !json.isRawJSON(value);
}
