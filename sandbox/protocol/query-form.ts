import type { ServiceModel } from './service-model.ts';
import type { OperationShape, Shape } from './schema.ts';

/**
 * SQS as it was spoken until 2023, which older clients still do: the query protocol, with lists and maps flattened under the singular of
 * their name. The SDK's model tells JSON alone.
 */
export function queryForm(model: ServiceModel): ServiceModel {
  const operations = [...model.operations].map(([name, operation]): [string, OperationShape] => [
    name,
    { ...operation, input: flattened(operation.input), output: flattened(operation.output) },
  ]);
  return { ...model, protocol: 'query', xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/', operations: new Map(operations) };
}

function flattened(shape: Shape): Shape {
  if (shape.kind === 'list') return { ...shape, value: () => flattened(shape.value()) };
  if (shape.kind === 'map') return { ...shape, value: () => flattened(shape.value()) };
  if (shape.kind !== 'structure') return shape;
  const members = [...shape.members].map(([name, member]): [string, () => Shape] => [name, () => memberOf(name, flattened(member()))]);
  return { ...shape, members: new Map(members) };
}

function memberOf(name: string, shape: Shape): Shape {
  if (shape.kind === 'list') {
    const element = shape.value();
    return {
      ...shape,
      traits: { ...shape.traits, xmlFlattened: 1, xmlName: element.kind === 'structure' ? element.name : singular(name) },
    };
  }
  if (shape.kind !== 'map') return shape;
  const isTags = name.toLowerCase() === 'tags';
  return {
    ...shape,
    traits: { ...shape.traits, xmlFlattened: 1, xmlName: singular(name) },
    key: () => named(shape.key(), isTags ? 'Key' : 'Name'),
    value: () => named(shape.value(), 'Value'),
  };
}

function named(shape: Shape, xmlName: string): Shape {
  return { ...shape, traits: { ...shape.traits, xmlName } };
}

function singular(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replace(/s$/, '');
}
