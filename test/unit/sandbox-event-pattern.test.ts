import { describe, expect, it } from '@jest/globals';
import { compilePattern } from '../../sandbox/model/event-pattern.ts';

/** What a field of the event is compared with, what it holds, and whether that matches. */
const values: [sentence: string, entries: unknown[], field: unknown, matches: boolean][] = [
  ['an exact text', ['a', 'b'], 'b', true],
  ['an exact text by its case', ['a'], 'A', false],
  ['a text not as a number', ['1'], 1, false],
  ['a number not as a text', [1], '1', false],
  ['a number however it is written', [300], 3.0e2, true],
  ['true', [true], true, true],
  ['null', [null], null, true],
  ['null not for a missing field', [null], undefined, false],
  ['an empty text', [''], '', true],
  ['an empty text not for a missing field', [''], undefined, false],
  ['any element of a list', ['b'], ['a', 'b'], true],
  ['no element of a list', ['c'], ['a', 'b'], false],
  ['a prefix', [{ prefix: 'v1.' }], 'v1.2', true],
  ['another prefix', [{ prefix: 'v1.' }], 'v2.1', false],
  ['a prefix not of a number', [{ prefix: '1' }], 12, false],
  ['a prefix in any case', [{ prefix: { 'equals-ignore-case': 'Service:' } }], 'SERVICE:web', true],
  ['a suffix', [{ suffix: '.sig' }], 'sha256-a.sig', true],
  ['another suffix', [{ suffix: '.sig' }], 'sha256-a.att', false],
  ['a suffix in any case', [{ suffix: { 'equals-ignore-case': '.PNG' } }], 'a.png', true],
  ['a text in any case', [{ 'equals-ignore-case': 'STOPPED' }], 'Stopped', true],
  ['a text in any case, but another', [{ 'equals-ignore-case': 'STOPPED' }], 'stop', false],
  ['anything but a text', [{ 'anything-but': 'a' }], 'b', true],
  ['not what is anything but it', [{ 'anything-but': 'a' }], 'a', false],
  ['anything but a text, for no missing field', [{ 'anything-but': 'a' }], undefined, false],
  ['anything but the empty text', [{ 'anything-but': '' }], '', false],
  ['anything but a list', [{ 'anything-but': ['a', 'b'] }], 'c', true],
  ['not one of a list of anything but', [{ 'anything-but': ['a', 'b'] }], 'b', false],
  ['anything but numbers', [{ 'anything-but': [1, 2] }], 3, true],
  ['anything but a text, for a number', [{ 'anything-but': '3' }], 3, true],
  ['anything but a prefix', [{ 'anything-but': { prefix: 'Scaling activity' } }], 'Essential container exited', true],
  ['not what has the prefix', [{ 'anything-but': { prefix: 'Scaling activity' } }], 'Scaling activity initiated by', false],
  ['anything but a list of prefixes', [{ 'anything-but': { prefix: ['a', 'b'] } }], 'bc', false],
  ['anything but a suffix', [{ 'anything-but': { suffix: '.sig' } }], 'v1', true],
  ['anything but a list of suffixes', [{ 'anything-but': { suffix: ['.sig', '.att'] } }], 'a.att', false],
  ['anything but a text in any case', [{ 'anything-but': { 'equals-ignore-case': ['ok'] } }], 'OK', false],
  ['anything but a wildcard', [{ 'anything-but': { wildcard: 'main-*' } }], 'main-1', false],
  ['anything but a list of wildcards', [{ 'anything-but': { wildcard: ['main-*', '*-rc'] } }], 'v1', true],
  ['a number that is equal', [{ numeric: ['=', 5] }], 5, true],
  ['a number below a bound', [{ numeric: ['<', 5] }], 5, false],
  ['a number up to a bound', [{ numeric: ['<=', 5] }], 5, true],
  ['a number above a bound', [{ numeric: ['>', 5] }], 5, false],
  ['a number from a bound on', [{ numeric: ['>=', 5] }], 5, true],
  ['the end of a range', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
  ['the beginning of a range that leaves it out', [{ numeric: ['>', 0, '<=', 5] }], 0, false],
  ['no text as a number', [{ numeric: ['=', 5] }], '5', false],
  ['an address of a range', [{ cidr: '10.0.0.0/24' }], '10.0.0.255', true],
  ['an address after a range', [{ cidr: '10.0.0.0/24' }], '10.0.1.0', false],
  ['an IPv6 address of a range', [{ cidr: '2001:db8::/32' }], '2001:db8:ffff::1', true],
  ['an IPv6 address after a range', [{ cidr: '2001:db8::/32' }], '2001:db9::1', false],
  ['no text as an address', [{ cidr: '0.0.0.0/0' }], 'localhost', false],
  ['a field that is there', [{ exists: true }], '', true],
  ['a field that is null', [{ exists: true }], null, true],
  ['an object, which is no leaf', [{ exists: true }], { a: 1 }, false],
  ['a field that is missing', [{ exists: false }], undefined, true],
  ['an empty list as missing', [{ exists: false }], [], true],
  ['a field that is there as not missing', [{ exists: false }], 'a', false],
  ['a wildcard', [{ wildcard: 'arn:*:service/*/web' }], 'arn:aws:ecs:eu-west-1:1:service/production/web', true],
  ['a wildcard that ends too early', [{ wildcard: '*/web' }], 'production/web2', false],
  ['a wildcard whose ends overlap', [{ wildcard: 'aba*aba' }], 'aba', false],
  ['an escaped star as itself', [{ wildcard: String.raw`a\*b` }], 'a*b', true],
  ['an escaped star as nothing else', [{ wildcard: String.raw`a\*b` }], 'axb', false],
  ['either of two operators', [{ prefix: 'a' }, { suffix: 'z' }], 'bz', true],
];

describe('A pattern matches', () => {
  it.each(values)('%s', (_, entries, field, matches) => {
    const event = { detail: field === undefined ? {} : { field } };
    expect(compilePattern({ detail: { field: entries } })(event)).toBe(matches);
  });

  const whole: [sentence: string, pattern: object, event: object, matches: boolean][] = [
    ['all fields together', { a: [1], b: [2] }, { a: 1, b: 2 }, true],
    ['not one field of two', { a: [1], b: [2] }, { a: 1, b: 3 }, false],
    ['nothing under a missing parent', { a: { b: [1] } }, {}, false],
    ['a missing field under a missing parent', { a: { b: [{ exists: false }] } }, {}, true],
    ['one alternative of several', { a: [1], $or: [{ b: [2] }, { c: [3] }] }, { a: 1, c: 3 }, true],
    ['no alternative', { a: [1], $or: [{ b: [2] }, { c: [3] }] }, { a: 1, b: 3 }, false],
    ['an alternative within a field', { d: { $or: [{ b: [2] }, { c: [3] }] } }, { d: { b: 2 } }, true],
    ['what holds for one element of a list of objects', { l: { a: [1], b: [2] } }, { l: [{ a: 1, b: 2 }, { a: 3 }] }, true],
    ['not what two elements hold between them', { l: { a: [1], b: [2] } }, { l: [{ a: 1 }, { b: 2 }] }, false],
    ['no field of the prototype', { constructor: [{ exists: true }] }, {}, false],
  ];
  it.each(whole)('%s', (_, pattern, event, matches) => expect(compilePattern(pattern)(event)).toBe(matches));
});

describe('A pattern is refused', () => {
  const refused: [sentence: string, pattern: unknown, message: RegExp][] = [
    ['that is empty', {}, /Empty objects/],
    ['with a value that stands in no list', { a: 'b' }, /a must be an object or an array/],
    ['with an empty list', { a: { b: [] } }, /a\.b: Empty arrays/],
    ['with an operator that there is not', { a: [{ regex: '.*' }] }, /Unrecognized match type regex/],
    ['with two operators in one', { a: [{ prefix: 'a', suffix: 'b' }] }, /Unrecognized match type/],
    ['with a list in a list', { a: [['b']] }, /Match value/],
    ['with a prefix that is a number', { a: [{ prefix: 1 }] }, /must be a string/],
    ['with two stars together', { a: [{ wildcard: 'a**' }] }, /wildcard/],
    ['with an escape of another character', { a: [{ wildcard: String.raw`a\b` }] }, /wildcard/],
    ['with exists that is a text', { a: [{ exists: 'true' }] }, /either true or false/],
    ['with a comparison that there is not', { a: [{ numeric: ['!=', 1] }] }, /Bad numeric range/],
    ['with a range upside down', { a: [{ numeric: ['>', 5, '<', 1] }] }, /lower bound first/],
    ['with numbers and texts in anything-but', { a: [{ 'anything-but': [1, 'a'] }] }, /not both/],
    [
      'with anything-but of an operator that it does not take',
      { a: [{ 'anything-but': { numeric: ['=', 1] } }] },
      /Unsupported anything-but/,
    ],
    ['with a network of too many bits', { a: [{ cidr: '10.0.0.0/33' }] }, /CIDR/],
    ['with one alternative only', { $or: [{ a: [1] }] }, /at least two/],
    [
      'with more than a thousand combinations',
      { a: { $or: Array.from({ length: 32 }, () => ({ b: [1] })) }, c: { $or: Array.from({ length: 32 }, () => ({ d: [1] })) } },
      /1000/,
    ],
  ];
  it.each(refused)('%s', (_, pattern, message) => expect(() => compilePattern(pattern)).toThrow(message));

  it('and a thousand combinations are not too many', () => {
    const pattern = { $or: Array.from({ length: 1000 }, (_, index) => ({ a: [index] })) };
    expect(compilePattern(pattern)({ a: 999 })).toBe(true);
  });
});
