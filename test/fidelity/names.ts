/** Things saved in the course of a case, by name. */
export type Saved = Record<string, string>;

/** The value with each `{name}` in its texts and its members' names replaced by what was saved under it. */
export function filledIn<Value>(value: Value, saved: Saved): Value {
  return fill(value, saved) as Value;
}

function fill(value: unknown, saved: Saved): unknown {
  if (typeof value === 'string') return value.replaceAll(/\{(\w+)\}/g, (text, name: string) => saved[name] ?? text);
  if (Array.isArray(value)) return value.map((item) => fill(item, saved));
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [fill(name, saved), fill(item, saved)]));
}

/** What stands at a path such as `services.0.serviceArn`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, member) => (part as Record<string, unknown> | undefined)?.[member], value);
}
