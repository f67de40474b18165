import { models } from '../protocol/models.ts';
import type { Shape } from '../protocol/schema.ts';

/** Properties as a service takes them: CloudFormation turns a text into a number or a truth value where the service wants one, and back. */
export function converted(service: string, operation: string, properties: object): object {
  const shape = models.get(service)?.operations.get(operation)?.input;
  return shape ? (convert(shape, properties) as object) : properties;
}

function convert(shape: Shape, value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return convertParts(shape, value);
  if (shape.kind === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof value !== 'string') return value;
  if (shape.kind === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return shape.kind === 'boolean' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
}

function convertParts(shape: Shape, value: object): unknown {
  if (Array.isArray(value)) return shape.kind === 'list' ? value.map((item) => convert(shape.value(), item)) : value;
  if (shape.kind !== 'structure' && shape.kind !== 'map') return value;
  const partOf = (name: string): Shape | undefined => (shape.kind === 'map' ? shape.value() : shape.members.get(name)?.());
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]): [string, unknown] => {
      const part = partOf(name);
      return [name, part ? convert(part, entry) : (entry as unknown)];
    }),
  );
}
