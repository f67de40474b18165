import type { KeyOrder } from './key-order.ts';

/** `order: newest`: tags say nothing, the registry's push time decides. */
export const newestPush: KeyOrder = { admits: () => true, compare: () => 0, newer: 'was pushed later' };
