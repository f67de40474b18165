import { matchParts } from './wildcard.ts';

/** The conditions of a policy's statement: operator, condition key, wanted values. */
export type Conditions = Record<string, Record<string, string | readonly string[]>>;

/** The condition keys that a request carries; a list stands for a key with many values. */
export type Context = Record<string, string | readonly string[]>;

type Comparison = (wanted: string, value: string) => boolean;

const equal: Comparison = (wanted, value) => wanted === value;
const equalInAnyCase: Comparison = (wanted, value) => wanted.toLowerCase() === value.toLowerCase();

const comparisons: Record<string, Comparison> = {
  StringEquals: equal,
  StringEqualsIgnoreCase: equalInAnyCase,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: equalInAnyCase,
  NumericEquals: (wanted, value) => Number(wanted) === Number(value),
  NumericLessThan: (wanted, value) => Number(value) < Number(wanted),
  NumericLessThanEquals: (wanted, value) => Number(value) <= Number(wanted),
  NumericGreaterThan: (wanted, value) => Number(value) > Number(wanted),
  NumericGreaterThanEquals: (wanted, value) => Number(value) >= Number(wanted),
};
/** Operators that hold where their counterpart does not, a key that is absent included. */
const negated: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
};

/** Whether all conditions hold for a request. `ifUnknown` is answered for an operator that is not known here. */
export function conditionsHold(conditions: Conditions, context: Context, ifUnknown: boolean): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => conditionHolds(operator, valuesOf(key, context), list(wanted), ifUnknown)),
  );
}

/** Whether a value is the pattern, in which `*` is any characters and `?` any one. */
export function like(pattern: string, value: string): boolean {
  if (!pattern.includes('?')) return matchParts(pattern.split('*'), value);
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${source.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 's').test(value);
}

/** One or several, as a list. */
export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function conditionHolds(written: string, values: readonly string[] | undefined, wanted: readonly string[], ifUnknown: boolean): boolean {
  const [, quantifier, operator = '', ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  if (operator === 'Null') return wanted.some((one) => (one === 'true') === (values === undefined));
  const counterpart = negated[operator];
  const compare = comparisons[counterpart ?? operator];
  if (!compare) return ifUnknown;
  if (values === undefined) return ifExists !== undefined || counterpart !== undefined || quantifier === 'ForAllValues';
  const holds = (value: string): boolean => wanted.some((one) => compare(one, value)) === (counterpart === undefined);
  return quantifier === 'ForAnyValue' ? values.some(holds) : values.every(holds);
}

function valuesOf(key: string, context: Context): readonly string[] | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return found === undefined ? undefined : list(found);
}
