import * as z from 'zod';

/** The shapes of keys that this version does not enforce: they are settled, so that they only have to be made available. */
export const logGroup = z.string();
