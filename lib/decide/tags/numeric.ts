import { compareText, type KeyOrder } from './key-order.ts';

/** `order: numeric`: whole numbers of any length. Never as floating point, which loses digits beyond the sixteenth. */
export const numeric: KeyOrder = { admits: (key) => /^\d+$/.test(key), compare: compareNumbers, newer: 'has the higher number' };

function compareNumbers(a: string, b: string): number {
  const [one, other] = [withoutZeros(a), withoutZeros(b)];
  return one.length - other.length || compareText(one, other);
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+/, '');
}
