import type { ExtraMembers } from './extra-members.ts';
import type { Fault } from './faults.ts';
import type { Shape } from './schema.ts';

interface Reading {
  service: string;
  extras: ExtraMembers;
  faults: Fault[];
}

/** Reads JSON as a shape says: dates and bytes as the SDK's commands have them, and every fault that stands against the model. */
export function readJson(shape: Shape, value: unknown, service: string, extras: ExtraMembers): { input: unknown; faults: Fault[] } {
  const faults: Fault[] = [];
  return { input: read(shape, value, '', { service, extras, faults }), faults };
}

function read(shape: Shape, value: unknown, path: string, reading: Reading): unknown {
  switch (shape.kind) {
    case 'structure':
      return isObject(value) ? readStructure(shape, value, path, reading) : wrong('a structure', value, path, reading);
    case 'map':
      if (!isObject(value)) return wrong('a map', value, path, reading);
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, read(shape.value(), entry, join(path, key), reading)]));
    case 'list':
      if (!Array.isArray(value)) return wrong('a list', value, path, reading);
      return value.map((entry, index) => read(shape.value(), entry, `${path}[${index}]`, reading));
    case 'unit':
      return {};
    case 'document':
      return value;
    case 'timestamp':
      return readTimestamp(value) ?? wrong('a timestamp', value, path, reading);
    case 'blob':
      return typeof value === 'string' ? Buffer.from(value, 'base64') : wrong('a blob', value, path, reading);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === shape.kind ? value : wrong(`a ${shape.kind}`, value, path, reading);
    default:
      return shape.kind satisfies never;
  }
}

function readStructure(shape: Shape, value: Record<string, unknown>, path: string, reading: Reading): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (entry === null || name === '__type') continue;
    const target = shape.members.get(name);
    if (target) result[name] = read(target(), entry, join(path, name), reading);
    else if (reading.extras.has(reading.service, shape, name)) result[name] = entry;
    else reading.faults.push({ kind: 'unknown', path: join(path, name) });
  }
  for (const name of shape.required)
    if (value[name] === undefined || value[name] === null) reading.faults.push({ kind: 'missing', path: join(path, name) });
  return result;
}

/** A point in time as any of the protocols writes it: seconds, or ISO 8601. */
export function readTimestamp(value: unknown): Date | undefined {
  const date = typeof value === 'number' ? new Date(Math.round(value * 1000)) : typeof value === 'string' ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

function wrong(expected: string, value: unknown, path: string, reading: Reading): undefined {
  reading.faults.push({ kind: 'type', path: path || 'the input', expected, found: Array.isArray(value) ? 'list' : typeof value });
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
