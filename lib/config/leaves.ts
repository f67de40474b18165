import * as z from 'zod';
import { durationPattern, parseDuration } from './durations.ts';
import { sharePattern } from './shares.ts';

/** The allowed keys of a mapping, as a fault lists them. */
export const keysPrefix = 'one of the keys ';

/** A text of one form; `allowed` is what a fault says in place of a pattern. */
export function text(pattern: RegExp, allowed: string) {
  return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

/** `10m`, from the least to the most that makes sense. */
export function duration(least: string, most: string) {
  const allowed = `a duration from ${least} to ${most}, such as 30s, 10m, 24h or 90d`;
  const [from, to] = [parseDuration(least) ?? 0, parseDuration(most) ?? 0];
  const inBounds = (value: string) => (parseDuration(value) ?? -1) >= from && (parseDuration(value) ?? -1) <= to;
  return text(durationPattern, allowed).refine(inBounds, { error: allowed });
}

/** `10%`. */
export function share() {
  return text(sharePattern, 'a share from 0% to 100%, such as 10%');
}

/** A whole number within bounds. */
export function whole(least: number, most: number) {
  const allowed = `a whole number from ${least} to ${most}`;
  return z.int({ error: allowed }).min(least, { error: allowed }).max(most, { error: allowed });
}

export function yesNo() {
  return z.boolean({ error: 'true or false' });
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: oneOf(words) });
}

/** A list with at least one entry. */
export function list<Entry extends z.ZodType>(entry: Entry, allowed: string) {
  return z.array(entry, { error: allowed }).min(1, { error: allowed });
}

/** A mapping that knows all its keys: any other is a fault. */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: `${keysPrefix}${Object.keys(shape).join(', ')}` });
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
