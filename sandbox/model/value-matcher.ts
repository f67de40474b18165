import { compileRange } from './ip-range.ts';
import { PatternError } from './pattern-error.ts';
import { compileWildcard } from './wildcard.ts';

/** Whether a value of a leaf is one that is looked for. */
export type ValueMatcher = (value: unknown) => boolean;

type Compile = (operand: unknown, path: string) => ValueMatcher;

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const operators: Record<string, Compile> = {
  prefix: (operand, path) => affix('prefix', operand, path, (value, text) => value.startsWith(text)),
  suffix: (operand, path) => affix('suffix', operand, path, (value, text) => value.endsWith(text)),
  'equals-ignore-case': (operand, path) => {
    const text = string(operand, 'equals-ignore-case', path).toLowerCase();
    return onString((value) => value.toLowerCase() === text);
  },
  wildcard: (operand, path) => {
    const matches = compileWildcard(string(operand, 'wildcard', path));
    if (!matches) throw new PatternError(`${path}: wildcard takes single * and the escapes \\* and \\\\`);
    return onString(matches);
  },
  cidr: (operand, path) => {
    const matches = compileRange(string(operand, 'cidr', path));
    if (!matches) throw new PatternError(`${path}: Malformed CIDR, one '/' required`);
    return onString(matches);
  },
  numeric,
  'anything-but': anythingBut,
};

/** Compiles one entry of a pattern's list: a value, or an object with one operator. `exists` is not among them: it looks at fields, not values. */
export function compileValue(entry: unknown, path: string): ValueMatcher {
  if (entry === null || ['string', 'number', 'boolean'].includes(typeof entry)) return (value) => value === entry;
  const [[name, operand], ...more] = Object.entries(entry as object) as [[string, unknown], ...[string, unknown][]];
  const compile = operators[name];
  if (!compile || more.length > 0 || Array.isArray(entry)) throw new PatternError(`${path}: Unrecognized match type ${name}`);
  return compile(operand, path);
}

function anythingBut(operand: unknown, path: string): ValueMatcher {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) return anythingButNested(operand, path);
  const values = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  const type = typeof values[0];
  if (values.length === 0 || (type !== 'string' && type !== 'number') || values.some((value) => typeof value !== type)) {
    throw new PatternError(`${path}: anything-but takes strings or numbers, not both`);
  }
  return (value) => !values.includes(value);
}

function anythingButNested(operand: object, path: string): ValueMatcher {
  const [[name, texts], ...more] = Object.entries(operand) as [[string, unknown], ...unknown[]];
  const compile = operators[name];
  if (!compile || more.length > 0 || !['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)) {
    throw new PatternError(`${path}: Unsupported anything-but pattern: ${name}`);
  }
  const matchers = (Array.isArray(texts) ? (texts as unknown[]) : [texts]).map((text) =>
    compile(string(text, `anything-but ${name}`, path), path),
  );
  if (matchers.length === 0) throw new PatternError(`${path}: anything-but ${name} takes at least one text`);
  return (value) => !matchers.some((matches) => matches(value));
}

function numeric(operand: unknown, path: string): ValueMatcher {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4))
    throw new PatternError(`${path}: numeric takes one comparison, or two for a range`);
  const tests = [operand.slice(0, 2), operand.slice(2)]
    .filter(({ length }) => length > 0)
    .map(([sign, bound]: unknown[]) => {
      const compare = comparisons[String(sign)];
      if (!compare || typeof bound !== 'number')
        throw new PatternError(`${path}: Bad numeric range operator or value: ${String(sign)} ${String(bound)}`);
      return { sign: String(sign), bound, compare };
    });
  const [lower, upper] = tests;
  if (lower && upper && !(lower.sign.startsWith('>') && upper.sign.startsWith('<') && lower.bound < upper.bound)) {
    throw new PatternError(`${path}: a numeric range begins with > or >= and ends with < or <=, the lower bound first`);
  }
  return (value) => typeof value === 'number' && tests.every(({ compare, bound }) => compare(value, bound));
}

function affix(name: string, operand: unknown, path: string, test: (value: string, text: string) => boolean): ValueMatcher {
  if (typeof operand !== 'object' || operand === null) {
    const text = string(operand, name, path);
    return onString((value) => test(value, text));
  }
  const text = string((operand as Record<string, unknown>)['equals-ignore-case'], `${name} equals-ignore-case`, path).toLowerCase();
  return onString((value) => test(value.toLowerCase(), text));
}

function onString(test: (value: string) => boolean): ValueMatcher {
  return (value) => typeof value === 'string' && test(value);
}

function string(operand: unknown, name: string, path: string): string {
  if (typeof operand !== 'string') throw new PatternError(`${path}: ${name} match pattern must be a string`);
  return operand;
}
