import { compareText, type KeyOrder } from './key-order.ts';

/** `order: alphabetical`: by code units, so digits before capitals before small letters, and 10 before 9. */
export const alphabetical: KeyOrder = { admits: () => true, compare: compareText, newer: 'is later in the alphabet' };
