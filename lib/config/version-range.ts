import Range from 'semver/classes/range.js';
import minVersion from 'semver/ranges/min-version.js';
import type { VersionBound } from '../domain/policy.ts';

/** Why a text is no range of versions; undefined where it is one. */
export function rangeFault(text: string): string | undefined {
  const range = text.trim() === '' ? undefined : rangeOf(text);
  if (range === undefined) return "a range of versions as npm writes them, such as '^1.2', '>=1.4 <2' or '1.2.x || 1.4.x'";
  return lowest(range) === undefined ? 'a range that some version is within' : undefined;
}

/** The bounds of a range, alternatives first: made while packaging, so that no function carries what reads ranges (3 kB gzipped). */
export function rangeBounds(text: string, prereleases: boolean): VersionBound[][] {
  return new Range(text, { includePrerelease: prereleases }).set.map((bounds) =>
    bounds
      .filter(({ value }) => value !== '') // Any version.
      .map(({ operator, semver }) => ({ operator: operator === '' || operator === undefined ? '=' : operator, version: semver.version })),
  );
}

/** Whether a range asks for pre-releases of some version by naming one. */
export function namesPrerelease(text: string): boolean {
  return /\d-[0-9a-z]/i.test(text);
}

function rangeOf(text: string): Range | undefined {
  try {
    return new Range(text);
  } catch {
    return undefined; // That it is none is all the library says.
  }
}

function lowest(range: Range): string | undefined {
  return minVersion(range)?.version;
}
