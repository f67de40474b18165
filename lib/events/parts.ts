import { refuseKind, type Read } from './read.ts';

type Fields = Record<string, unknown>;

/** An object with these fields. Others that it has are let through, and are no part of what is read. */
export function object<Shape extends Fields>(shape: { [Name in keyof Shape]: Read<Shape[Name]> }): Read<Shape> {
  return (input, place) => {
    if (!isObject(input)) return refuseKind('object', input, place);
    const { path, faults } = place;
    const readField = ([name, read]: [string, Read<unknown>]): [string, unknown] => [
      name,
      read(input[name], { path: path === '' ? name : `${path}.${name}`, faults }),
    ];
    return Object.fromEntries(Object.entries(shape).map(readField)) as Shape;
  };
}

/** An object of which each field, whatever its name, is read alike. */
export function record<Value>(read: Read<Value>): Read<Record<string, Value>> {
  return (input, place) => object(Object.fromEntries(Object.keys(Object(input)).map((name) => [name, read])))(input, place);
}

/** A list of which each entry is read alike. */
export function list<Value>(read: Read<Value>): Read<Value[]> {
  return (input, place) => {
    if (!Array.isArray(input)) return refuseKind('array', input, place);
    return input.map((one, index) => read(one, entry(place, index))) as Value[];
  };
}

/** The first entry of a list; what the others hold is not asked. */
export function first<Value>(read: Read<Value>): Read<Value> {
  return (input, place) => (Array.isArray(input) ? read(input[0], entry(place, 0)) : refuseKind('array', input, place));
}

/** A list of as many entries as readers, each read by its own. */
export function tuple<Values extends unknown[]>(...readers: { [Index in keyof Values]: Read<Values[Index]> }): Read<Values> {
  return (input, place) => {
    if (!Array.isArray(input) || input.length !== readers.length) return refuseKind(`array of ${readers.length}`, input, place);
    return readers.map((read, index) => read(input[index], entry(place, index))) as Values;
  };
}

function entry<Where extends { path: string }>(place: Where, index: number): Where {
  return { ...place, path: `${place.path}[${index}]` };
}

function isObject(input: unknown): input is Fields {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
