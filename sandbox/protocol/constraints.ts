import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './faults.ts';
import type { Shape } from './schema.ts';

/** What AWS's model demands of a value beside its type, and of the items of a list, the keys and values of a map. */
export interface Constraint {
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  member?: Constraint;
  key?: Constraint;
  value?: Constraint;
}

/** By service, by structure, by member. */
type Constraints = Record<string, Record<string, Record<string, Constraint>>>;

/** The SDK's model leaves constraints out, so they stand in a file of their own, which scripts/read-constraints.py writes. */
export const constraints = JSON.parse(readFileSync(join(import.meta.dirname, 'constraints.json'), 'utf8')) as Constraints;

const patterns = new Map<string, RegExp>();

/** Holds an input that has the right types against the lengths, ranges, patterns and enumerations of the model. */
export function constraintFaults(service: string, shape: Shape, input: unknown): Fault[] {
  return faultsOf({ shape, value: input, path: '', constraint: {} }, constraints[service] ?? {});
}

interface Part {
  shape: Shape;
  value: unknown;
  path: string;
  constraint: Constraint;
}

function faultsOf(part: Part, known: Constraints[string]): Fault[] {
  const { value, path, constraint } = part;
  if (value === undefined || value === null) return [];
  const broken = brokenBy(constraint, value);
  if (broken !== undefined) return [{ kind: 'constraint', path, expected: broken, found: textOf(value) }];
  return partsOf(part, known).flatMap((one) => faultsOf(one, known));
}

/** What a structure, a list or a map is made of, with the paths that AWS's messages tell. */
function partsOf({ shape, value, path, constraint }: Part, known: Constraints[string]): Part[] {
  if (shape.kind === 'list') {
    const item = { shape: shape.value(), constraint: constraint.member ?? {} };
    return (value as unknown[]).map((one, index) => ({ ...item, value: one, path: `${path}.${index + 1}.member` }));
  }
  if (shape.kind === 'map')
    return Object.entries(value as object).flatMap(([key, entry]) => [
      { shape: shape.key(), constraint: constraint.key ?? {}, value: key, path },
      { shape: shape.value(), constraint: constraint.value ?? {}, value: entry as unknown, path: `${path}.${key}.member` },
    ]);
  if (shape.kind !== 'structure') return [];
  return Object.entries(value as object).flatMap(([name, entry]) => {
    const member = shape.members.get(name);
    return member
      ? [{ shape: member(), constraint: known[shape.name]?.[name] ?? {}, value: entry as unknown, path: joined(path, name) }]
      : [];
  });
}

function joined(path: string, member: string): string {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return path === '' ? name : `${path}.${name}`;
}

/** The constraint that a value does not meet, in AWS's words. */
function brokenBy({ min, max, pattern, enum: values }: Constraint, value: unknown): string | undefined {
  const size = sizeOf(value);
  const what = typeof value === 'number' ? 'value' : 'length';
  if (max !== undefined && size > max) return `Member must have ${what} less than or equal to ${max}`;
  if (min !== undefined && size < min) return `Member must have ${what} greater than or equal to ${min}`;
  if (typeof value !== 'string') return undefined;
  if (pattern !== undefined && !patternOf(pattern).test(value)) return `Member must satisfy regular expression pattern: ${pattern}`;
  if (values && !values.includes(value)) return `Member must satisfy enum value set: [${values.join(', ')}]`;
  return undefined;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? Object.keys(value).length : 0;
}

/** AWS's patterns hold for the whole text, and are Java's. Some are ranges over all of Unicode, others are not valid for JavaScript when read that way. */
export function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? compiled(`^(?:${pattern.replaceAll('\\p{Print}', '[ -~]')})$`);
  patterns.set(pattern, known);
  return known;
}

function compiled(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch (cause) {
    if (source.includes('\\p{')) throw new Error(`The pattern has a class that JavaScript does not know: ${source}`, { cause });
    return new RegExp(source);
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return `'${value}'`;
  return value instanceof Uint8Array ? `'a blob of ${value.length} bytes'` : `'${JSON.stringify(value).slice(0, 200)}'`;
}
