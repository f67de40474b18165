import { compareText } from './key-order.ts';
import { numeric } from './numeric.ts';

/** A version by its identifiers: the three numbers, and those of its pre-release, where it is one. */
export interface Version {
  numbers: string[];
  prerelease: string[];
}

// Without build metadata: no tag holds a plus sign.
const form = /^v?(\d+\.\d+\.\d+)(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/;
const padded = /^0\d+$/;

/** Reads a version of three numbers, with or without a leading v; undefined for what is none. */
export function readVersion(text: string): Version | undefined {
  const [, main, suffix] = form.exec(text) ?? [];
  if (main === undefined) return undefined;
  const numbers = main.split('.');
  const prerelease = suffix?.split('.') ?? [];
  const tooLarge = numbers.some((one) => !Number.isSafeInteger(Number(one))); // npm takes none, and reads the bounds of ranges.
  return tooLarge || [...numbers, ...prerelease].some((one) => padded.test(one)) ? undefined : { numbers, prerelease };
}

/** Below zero: the first is lower, by the precedence of https://semver.org. A pre-release comes before its version. */
export function compareVersions(a: Version, b: Version): number {
  const finished = Number(a.prerelease.length === 0) - Number(b.prerelease.length === 0);
  return compareNumbers(a, b) || finished || compareIdentifiers(a.prerelease, b.prerelease);
}

/** As compareVersions, pre-releases and their version taken as the same. */
export function compareNumbers(a: Version, b: Version): number {
  return compareIdentifiers(a.numbers, b.numbers);
}

// The first that differ decide; of lists that begin alike the longer is higher.
function compareIdentifiers(some: string[], others: string[]): number {
  const differing = others.map((other, index) => compareIdentifier(some[index], other)).find((order) => order !== 0);
  return differing ?? some.length - others.length;
}

function compareIdentifier(one: string | undefined, other: string): number {
  if (one === undefined) return -1;
  const numbers = [one, other].map((text) => numeric.admits(text));
  if (numbers[0] !== numbers[1]) return numbers[0] === true ? -1 : 1; // Numbers come before words.
  return numbers[0] === true ? numeric.compare(one, other) : compareText(one, other);
}
