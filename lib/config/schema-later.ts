import * as z from 'zod';

/** The shapes of keys that this version does not enforce: they are settled, so that they only have to be made available. */
export const schedule = z.strictObject({
  timezone: z.string(),
  awake: z.array(z.string()),
  holidays: z.array(z.string()).optional(),
  asleep: z.int().optional(),
});

export const logGroup = z.string();
