import { PatternError } from './pattern-error.ts';
import { compileValue, type ValueMatcher } from './value-matcher.ts';

/** Whether an event is one that a rule asks for. */
export type EventMatcher = (event: unknown) => boolean;

const combinationsMax = 1000;

/** Compiles an event pattern with every operator of EventBridge; throws a PatternError that names the place of a fault. */
export function compilePattern(pattern: unknown): EventMatcher {
  if (combinations(pattern) > combinationsMax) throw new PatternError(`The pattern has more than ${combinationsMax} combinations of $or`);
  return compileFields(pattern, '');
}

function compileFields(pattern: unknown, path: string): EventMatcher {
  if (!isObject(pattern)) throw new PatternError(`${path || 'The pattern'} must be an object or an array`);
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new PatternError(`${path || 'The pattern'}: Empty objects are not allowed`);
  const tests = entries.map(([name, entry]) => (name === '$or' ? compileAlternatives(entry, path) : compileField(name, entry, path)));
  // Within a list of objects, all that is asked must hold for one and the same object.
  return (event) => (Array.isArray(event) && event.length > 0 ? event : [event]).some((one) => tests.every((matches) => matches(one)));
}

function compileField(name: string, entry: unknown, path: string): EventMatcher {
  const place = path === '' ? name : `${path}.${name}`;
  const field = (event: unknown): unknown => (isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined);
  if (!Array.isArray(entry)) {
    const nested = compileFields(entry, place);
    return (event) => nested(field(event));
  }
  if (entry.length === 0) throw new PatternError(`${place}: Empty arrays are not allowed`);
  const tests = (entry as unknown[]).map((one) => compileLeaf(one, place));
  return (event) => tests.some((matches) => matches(field(event)));
}

function compileLeaf(entry: unknown, path: string): EventMatcher {
  if (isObject(entry) && Object.hasOwn(entry, 'exists')) return compileExists(entry, path);
  if (Array.isArray(entry) || (isObject(entry) && Object.keys(entry).length === 0))
    throw new PatternError(`${path}: Match value must be String, number, true, false, or null`);
  const matches: ValueMatcher = compileValue(entry, path);
  return (field) => leaves(field).some(matches);
}

function compileExists(entry: Record<string, unknown>, path: string): EventMatcher {
  const wanted = entry['exists'];
  if (typeof wanted !== 'boolean' || Object.keys(entry).length > 1)
    throw new PatternError(`${path}: exists match pattern must be either true or false`);
  return (field) => leaves(field).length > 0 === wanted;
}

function compileAlternatives(entry: unknown, path: string): EventMatcher {
  if (!Array.isArray(entry) || entry.length < 2)
    throw new PatternError(`${path || 'The pattern'}: $or takes a list of at least two patterns`);
  const alternatives = (entry as unknown[]).map((one) => compileFields(one, path));
  return (event) => alternatives.some((matches) => matches(event));
}

/** The values that a field holds: none where it is missing, empty or an object. */
function leaves(field: unknown): unknown[] {
  if (Array.isArray(field)) return field.flatMap(leaves);
  return field === undefined || isObject(field) ? [] : [field];
}

function combinations(pattern: unknown): number {
  if (!isObject(pattern)) return 1;
  return Object.entries(pattern).reduce((product, [name, entry]) => {
    if (name !== '$or' || !Array.isArray(entry)) return product * combinations(entry);
    return product * (entry as unknown[]).reduce((sum: number, one) => sum + combinations(one), 0);
  }, 1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
