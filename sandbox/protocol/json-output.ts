import type { ExtraMembers } from './extra-members.ts';
import type { Shape } from './schema.ts';

/** Writes what an operation answered as a shape says. A member that neither the model nor a declaration knows is a fault of ours, and thrown. */
export function writeJson(shape: Shape, value: unknown, service: string, extras: ExtraMembers): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'structure':
      return writeStructure(shape, value as Record<string, unknown>, service, extras);
    case 'map':
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, writeJson(shape.value(), entry, service, extras)]));
    case 'list':
      return (value as unknown[]).map((entry) => writeJson(shape.value(), entry, service, extras));
    case 'timestamp':
      return shape.timestampFormat === 'date-time' ? (value as Date).toISOString() : (value as Date).getTime() / 1000;
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'unit':
      return {};
    case 'document':
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      return shape.kind satisfies never;
  }
}

function writeStructure(shape: Shape, value: Record<string, unknown>, service: string, extras: ExtraMembers): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const target = shape.members.get(name);
    if (target) result[name] = writeJson(target(), entry, service, extras);
    else if (extras.has(service, shape, name)) result[name] = entry;
    else throw new Error(`${service} answered a member that ${shape.name} does not have: ${name}`);
  }
  return result;
}
