import * as z from 'zod';

/** The shapes of keys that this version does not enforce: they are settled, so that they only have to be made available. */
const scan = z.strictObject({
  block: z.enum(['critical', 'high', 'medium', 'low']),
  wait: z.string().optional(),
  otherwise: z.enum(['reject', 'deploy']).optional(),
});

export const gates = z.strictObject({ scan: scan.optional() });

export const schedule = z.strictObject({
  timezone: z.string(),
  awake: z.array(z.string()),
  holidays: z.array(z.string()).optional(),
  asleep: z.int().optional(),
});

export const logGroup = z.string();
