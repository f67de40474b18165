import { convertToAttr, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { fromAttributes, toAttribute, toAttributes } from '../../lib/adapters/dynamo-values.ts';

/** Whatever an item of ours may hold, and members that are undefined. */
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.maxSafeInteger(),
    fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }).map((strings) => new Set(strings)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('Values of items', () => {
  it('are written as the package of the SDK writes them', () => {
    fc.assert(
      fc.property(tree, (value) => {
        fc.pre(value !== undefined);
        expect(toAttribute(value)).toEqual(convertToAttr(value, { removeUndefinedValues: true }));
      }),
    );
  });

  it('are read as the package of the SDK reads them, and come back as they were', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const item = toAttributes({ value });
        expect(fromAttributes(item)).toEqual(unmarshall(item));
        expect(toAttributes(fromAttributes(item))).toEqual(item);
      }),
    );
  });

  it.each<[name: string, value: unknown]>([
    ['no number', Number.NaN],
    ['a number without end', Number.POSITIVE_INFINITY],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['nothing', undefined],
    ['a whole number of any length', 1n],
  ])('are refused where a table keeps none such: %s', (_, value) => {
    expect(() => toAttribute(value)).toThrow(/^a table keeps no such /);
  });

  it.each<[name: string, attribute: AttributeValue, read: unknown]>([
    ['bytes', { B: new Uint8Array([1, 2]) }, new Uint8Array([1, 2])],
    ['a set of numbers', { NS: ['1', '2'] }, ['1', '2']],
    ['a false', { BOOL: false }, false],
    ['a null', { NULL: true }, null],
  ])('that others may have written are handed on: %s', (_, attribute, read) => {
    expect(fromAttributes({ attribute })).toEqual({ attribute: read });
  });
});
