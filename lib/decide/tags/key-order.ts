/** An order of tags by what they say: by their keys, where they have one that it can read. */
export interface KeyOrder {
  /** Whether it can place a tag of that key; one that it cannot is passed over, never a fault. */
  admits(key: string): boolean;
  /** Below zero: the first is older. Zero: the keys do not tell, and push time does. */
  compare(a: string, b: string): number;
  /** How the newer of two stands to the older, as a sentence about it goes on. */
  newer: string;
}

/** By code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
