import type * as z from 'zod/mini';

/** What is wrong with a field of an event, in words. The small build of zod has none, and those of a whole language weigh 1 kB gzipped in every bundle. */
export function words(issue: z.core.$ZodRawIssue): string {
  const { code } = issue;
  if (code === 'invalid_type') return `expected ${issue.expected}, found ${kindOf(issue.input)}`;
  if (code === 'invalid_value') return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}, found ${told(issue.input)}`;
  if (code === 'invalid_format') return `expected ${issue.format === 'datetime' ? 'a time as AWS writes it' : issue.format}`;
  if (code === 'too_small') return 'expected more than nothing';
  return code.replaceAll('_', ' ');
}

// Of a name from a list the text itself helps, cut; of anything else its kind alone, for events hold values that belong in no log.
function told(input: unknown): string {
  return typeof input === 'string' ? JSON.stringify(input.slice(0, 100)) : kindOf(input);
}

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  return Array.isArray(input) ? 'array' : typeof input;
}
