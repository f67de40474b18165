import * as z from 'zod/mini';
import { toInstant } from '../domain/instant.ts';

/** A text that AWS may leave out, send empty, or send as null: all three mean that it is not there. */
export const optionalText = z.optional(
  z.pipe(
    z.nullish(z.string()),
    z.transform((text) => (text === null || text === '' ? undefined : text)),
  ),
);

/** A time as AWS writes it, with or without milliseconds or offset, brought into the one form that sorts. */
export const instant = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => toInstant(new Date(text))),
);

/** A time that AWS may leave out. */
export const optionalInstant = z.pipe(optionalText, z.optional(instant));

type Present<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** The fields that are there: one that is undefined is left out, so that nothing stores or shows it. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
}
