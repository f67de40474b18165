import { compilePattern, type EventMatcher } from './event-pattern.ts';
import { PatternError } from './pattern-error.ts';

/** A message attribute as far as a filter reads it. */
export interface FilteredAttribute {
  DataType: string;
  StringValue?: string | undefined;
}

/** Whether a subscription wants a message. */
export type TopicFilter = (attributes: Record<string, FilteredAttribute>, body: string) => boolean;

/** Compiles a subscription's filter policy; throws a PatternError where SNS would refuse it. */
export function compileTopicFilter(policy: Record<string, unknown>, scope: 'MessageAttributes' | 'MessageBody'): TopicFilter {
  if (Object.keys(policy).length === 0) return () => true;
  if (Object.keys(policy).length > 5) throw new PatternError('Filter policy is too complex: at most 5 keys');
  if (combinations(policy) > 150) throw new PatternError('Filter policy is too complex: at most 150 combinations of values');
  const matches = compilePattern(policy);
  return scope === 'MessageBody' ? (_, body) => matchesBody(matches, body) : (attributes) => matches(plain(attributes));
}

function matchesBody(matches: EventMatcher, body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && matches(value);
  } catch {
    return false; // A body that is not JSON matches no policy on bodies.
  }
}

/** Attributes as the values that they stand for. */
function plain(attributes: Record<string, FilteredAttribute>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, valueOf(attribute)]));
}

function valueOf({ DataType, StringValue }: FilteredAttribute): unknown {
  if (DataType.startsWith('Number')) return Number(StringValue);
  return DataType === 'String.Array' ? parseArray(StringValue ?? '') : StringValue;
}

function parseArray(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function combinations(policy: Record<string, unknown>): number {
  return Object.values(policy).reduce((product: number, entry) => {
    if (Array.isArray(entry)) return product * Math.max(1, entry.length);
    return typeof entry === 'object' && entry !== null ? product * combinations(entry as Record<string, unknown>) : product;
  }, 1);
}
