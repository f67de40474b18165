import type { Fault } from './faults.ts';
import { readTimestamp } from './json-input.ts';
import type { Shape } from './schema.ts';

interface Form {
  values: ReadonlyMap<string, string>;
  used: Set<string>;
  faults: Fault[];
}

/** What a call says of itself and of who signed it, in a form or an address: today's signature begins with X-Amz-, version 2 had these. */
const beside = new Set([
  'Action',
  'Version',
  'AWSAccessKeyId',
  'Expires',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'Timestamp',
]);

/** Reads the fields of a query call as a shape says: `Tags.member.1.Key=…` into lists, maps and structures. */
export function readQuery(shape: Shape, fields: URLSearchParams): { input: unknown; faults: Fault[] } {
  const values = new Map([...fields].filter(([name]) => !beside.has(name) && !name.startsWith('X-Amz-')));
  const form: Form = { values, used: new Set(), faults: [] };
  const input = readStructure(shape, '', form);
  for (const name of values.keys()) if (!form.used.has(name)) form.faults.push({ kind: 'unknown', path: name });
  return { input, faults: form.faults };
}

function read(shape: Shape, prefix: string, form: Form): unknown {
  if (shape.kind === 'structure') return readStructure(shape, prefix, form);
  if (shape.kind === 'list') return readList(shape, prefix, form);
  if (shape.kind === 'map') return readMap(shape, prefix, form);
  form.used.add(prefix);
  return readScalar(shape, form.values.get(prefix) ?? '', prefix, form);
}

function readStructure(shape: Shape, prefix: string, form: Form): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    const target = member();
    const path = join(prefix, nameOf(name, target));
    if (present(path, form)) result[name] = read(target, path, form);
    else if (shape.required.includes(name)) form.faults.push({ kind: 'missing', path });
  }
  return result;
}

/** Lists and maps stand under their member's own name, but for flattened ones. */
function nameOf(name: string, { kind, traits }: Shape): string {
  if ((kind === 'list' || kind === 'map') && !traits.xmlFlattened) return name;
  return traits.xmlName ?? name;
}

function readList(shape: Shape, prefix: string, form: Form): unknown[] {
  // An empty list is written as the bare name without a value.
  form.used.add(prefix);
  const base = shape.traits.xmlFlattened ? prefix : `${prefix}.${shape.value().traits.xmlName ?? 'member'}`;
  const result: unknown[] = [];
  for (let index = 1; present(`${base}.${index}`, form); index++) result.push(read(shape.value(), `${base}.${index}`, form));
  return result;
}

function readMap(shape: Shape, prefix: string, form: Form): Record<string, unknown> {
  form.used.add(prefix);
  const base = shape.traits.xmlFlattened ? prefix : `${prefix}.entry`;
  const result: Record<string, unknown> = {};
  for (let index = 1; present(`${base}.${index}`, form); index++) {
    const key = String(read(shape.key(), `${base}.${index}.${shape.key().traits.xmlName ?? 'key'}`, form));
    result[key] = read(shape.value(), `${base}.${index}.${shape.value().traits.xmlName ?? 'value'}`, form);
  }
  return result;
}

function readScalar(shape: Shape, text: string, path: string, form: Form): unknown {
  if (shape.kind === 'blob') return Buffer.from(text, 'base64');
  const value =
    shape.kind === 'number'
      ? number(text)
      : shape.kind === 'boolean'
        ? boolean(text)
        : shape.kind === 'timestamp'
          ? readTimestamp(text)
          : text;
  if (value === undefined) form.faults.push({ kind: 'type', path, expected: `a ${shape.kind}`, found: 'string' });
  return value;
}

function number(text: string): number | undefined {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function boolean(text: string): boolean | undefined {
  return { true: true, false: false }[text.toLowerCase()];
}

function present(path: string, form: Form): boolean {
  return form.values.has(path) || [...form.values.keys()].some((name) => name.startsWith(`${path}.`));
}

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}
