import { usageError } from './command-error.ts';

/** The value of a flag that takes a whole number within bounds; the default where it was not given. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw usageError(`${flag} takes a whole number from ${least} to ${most}; found ${text}`);
}
