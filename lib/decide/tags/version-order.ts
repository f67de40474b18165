import type { KeyOrder } from './key-order.ts';
import { compareNumbers, compareVersions, readVersion, type Version } from './version.ts';
import type { VersionBound, VersionOrder } from '../../domain/policy.ts';

/** `order: semver`: versions of three parts, with or without a leading v, within the range. Digits alone (a short git SHA, say) are no version. */
export function versionOrder({ range, prereleases }: VersionOrder): KeyOrder {
  return {
    admits: (key) => {
      const version = readVersion(key);
      return version !== undefined && range.some((bounds) => isWithin(version, bounds, prereleases));
    },
    compare: (a, b) => {
      const [one, other] = [readVersion(a), readVersion(b)];
      return one === undefined || other === undefined ? 0 : compareVersions(one, other);
    },
    newer: 'is the higher version',
  };
}

// As npm reads ranges: a pre-release only where a bound names one of the same three parts, for ^1.2 asks for nothing unfinished.
function isWithin(version: Version, bounds: VersionBound[], prereleases: boolean): boolean {
  if (!bounds.every((bound) => holds(version, bound))) return false;
  if (version.prerelease.length === 0 || prereleases) return true;
  return bounds.some((bound) => namesPrereleaseOf(readVersion(bound.version), version));
}

// Every operator allows what it has a sign for.
function holds(version: Version, { operator, version: text }: VersionBound): boolean {
  const bound = readVersion(text);
  if (bound === undefined) return false;
  const order = compareVersions(version, bound);
  return order === 0 ? operator.includes('=') : operator.startsWith(order < 0 ? '<' : '>');
}

function namesPrereleaseOf(bound: Version | undefined, version: Version): boolean {
  return bound !== undefined && bound.prerelease.length > 0 && compareNumbers(bound, version) === 0;
}
