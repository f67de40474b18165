import SemVer from 'semver/classes/semver.js';
import cmp from 'semver/functions/cmp.js';
import parse from 'semver/functions/parse.js';
import type { KeyOrder } from './key-order.ts';
import type { VersionBound, VersionOrder } from '../../domain/policy.ts';

/** `order: semver`: versions of three parts, with or without a leading v, within the range. Digits alone (a short git SHA, say) are no version. */
export function versionOrder({ range, prereleases }: VersionOrder): KeyOrder {
  return {
    admits: (key) => {
      const version = parse(key);
      return version !== null && range.some((bounds) => isWithin(version, bounds, prereleases));
    },
    compare: (a, b) => new SemVer(a).compare(b),
    newer: 'is the higher version',
  };
}

// As npm reads ranges: a pre-release only where a bound names one of the same three parts, for ^1.2 asks for nothing unfinished.
function isWithin(version: SemVer, bounds: VersionBound[], prereleases: boolean): boolean {
  if (!bounds.every((bound) => cmp(version, bound.operator, bound.version))) return false;
  if (version.prerelease.length === 0 || prereleases) return true;
  return bounds.some((bound) => namesPrereleaseOf(new SemVer(bound.version), version));
}

function namesPrereleaseOf(bound: SemVer, version: SemVer): boolean {
  return bound.prerelease.length > 0 && bound.compareMain(version) === 0;
}
