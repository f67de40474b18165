import type * as z from 'zod';
import { keysPrefix } from './leaves.ts';
import { nearest } from '../domain/nearest.ts';

/** One thing that is wrong with the configuration. */
export interface Fault {
  /** `services.production/my-web-app.verify.bake`, below `custom.autopilot`. */
  path: string;
  /** What stands there, as text. */
  found: string;
  allowed: string;
  /** What was probably meant. */
  nearest?: string;
}

export type Path = readonly PropertyKey[];

/** A fault at a path of the raw configuration. */
export function fault(path: Path, found: string, allowed: string, meant?: string): Fault {
  return { path: pathText(path), found, allowed, ...(meant === undefined ? {} : { nearest: meant }) };
}

/** The schema's issues in our words, one a path. */
export function schemaFaults(issues: readonly z.core.$ZodIssue[], raw: unknown): Fault[] {
  const faults = issues
    .flatMap((issue) => insideUnion(issue, raw))
    .flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue) : [wrongValue(issue, raw)]));
  return [...new Map(faults.toReversed().map((each) => [each.path, each])).values()].toReversed();
}

/** All faults as one text for a terminal. */
export function formatFaults(faults: readonly Fault[]): string {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return [`custom.autopilot has ${count}:`, ...faults.map(formatFault)].join('\n');
}

function formatFault({ path, found, allowed, nearest: meant }: Fault): string {
  const question = meant === undefined ? '' : `\n    did you mean: ${meant}`;
  return `- ${path || 'custom.autopilot'}\n    found: ${found}${question}\n    allowed: ${allowed}`;
}

// Of the forms that a key may have, the one that a mapping is meant to be is judged by its own issues.
function insideUnion(issue: z.core.$ZodIssue, raw: unknown): z.core.$ZodIssue[] {
  const value = issue.code === 'invalid_union' ? valueAt(raw, issue.path) : undefined;
  if (issue.code !== 'invalid_union' || typeof value !== 'object' || value === null || Array.isArray(value)) return [issue];
  const meant = issue.errors.find((form) => !form.some(({ code, path }) => code === 'invalid_type' && path.length === 0));
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys): Fault[] {
  const known = issue.message.slice(keysPrefix.length).split(', ');
  return issue.keys.map((key) => fault([...issue.path, key], 'an unknown key', issue.message, nearest(key, known)));
}

function wrongValue(issue: z.core.$ZodIssue, raw: unknown): Fault {
  const value = valueAt(raw, issue.path);
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  return fault(issue.path, foundText(value), issue.message, typeof value === 'string' ? nearest(value, words) : undefined);
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw);
}

/** What stands in the file, told so that `3` and `"3"` differ. */
export function foundText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const shown = JSON.stringify(value);
  return shown.length > 80 ? `${shown.slice(0, 77)}…"` : shown;
}

function pathText(path: Path): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`), '');
}
