import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import {
  filled,
  instant,
  oneOf,
  optional,
  optionalInstant,
  optionalInteger,
  optionalText,
  text,
  textLike,
} from '../../lib/events/fields.ts';
import { first, list, object, record, tuple } from '../../lib/events/parts.ts';
import { readWhole, type Read } from '../../lib/events/read.ts';
import { toInstant } from '../../lib/domain/instant.ts';
import fc from '../fixtures/fast-check.ts';

const zText = z.string();
/** What zod answers of a value. */
interface Judge {
  safeParse(value: unknown): { success: boolean; data?: unknown };
}

/** What AWS may leave out, send empty, or send as null. */
const maybe = (zod: Judge): Judge => ({
  safeParse: (value) => (value === undefined || value === null || value === '' ? { success: true, data: undefined } : zod.safeParse(value)),
});
const zInstant = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((told) => toInstant(new Date(told))),
);

const digit = (least: number, most: number) => fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));
/** Times as AWS writes them, and others that are nearly such: of months and hours that no clock has, of days that not every month has. */
const times = fc
  .tuple(
    digit(1, 13),
    digit(0, 32),
    digit(0, 25),
    digit(0, 61),
    fc.constantFrom('', '.1', '.118', '.118731'),
    fc.constantFrom('Z', '+01:00', '-24:00', ''),
  )
  .map(([month, day, hour, minute, fraction, zone]) => `2026-${month}-${day}T${hour}:${minute}:07${fraction}${zone}`);
const leapDays = fc.constantFrom('2024-02-29T00:00:00Z', '2026-02-29T00:00:00Z', '2000-02-29T00:00:00Z', '1900-02-29T00:00:00Z');
const scalars = fc.oneof(fc.constantFrom('', 'PUSH', 'PULL', 0, 1, 1.5, null, undefined, true), fc.string(), fc.integer(), times, leapDays);
const lists = fc.array(scalars, { maxLength: 3 });
const values = fc.oneof(scalars, lists, fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(scalars, lists), { noNullPrototype: true }));

describe('A reader of events takes and refuses what zod does, and reads the same:', () => {
  it.each<[name: string, reader: Read<unknown>, zod: Judge]>([
    ['a text', text, zText],
    ['a text that says something', filled, zText.check(z.minLength(1))],
    ['a text of a form', textLike(/^P/, 'a P'), zText.check(z.regex(/^P/))],
    ['one of some names', oneOf<'PUSH' | 1>('PUSH', 1), z.union([z.literal('PUSH'), z.literal(1)])],
    ['what may be left out', optional(text), z.optional(zText)],
    ['a text that AWS may leave out', optionalText, maybe(zText)],
    ['a whole number that AWS may leave out', optionalInteger, maybe(z.int())],
    ['a time', instant, zInstant],
    ['a time that AWS may leave out', optionalInstant, maybe(zInstant)],
    ['an object', object({ a: text, b: optional(oneOf(1)) }), z.object({ a: zText, b: z.optional(z.literal(1)) })],
    ['an object of any names', record(list(text)), z.record(zText, z.array(zText))],
    ['a list', list(text), z.array(zText)],
    [
      'the first of a list',
      first(text),
      z.pipe(
        z.tuple([zText], z.any()),
        z.transform(([one]) => one),
      ),
    ],
    ['a pair', tuple(text, oneOf<0 | 1>(0, 1)), z.tuple([zText, z.union([z.literal(0), z.literal(1)])])],
  ])('%s', (_, reader, zod) => {
    fc.assert(
      fc.property(values, (value) => {
        const [told, expected] = [readWhole(reader, value), zod.safeParse(value)];
        expect('value' in told ? told : 'refused').toEqual(expected.success ? { value: expected.data } : 'refused');
      }),
      { numRuns: 300 },
    );
  });
});
