import { describe, expect, it } from '@jest/globals';
import { differences } from './matching.ts';
import { at, filledIn } from './names.ts';
import { judge } from './report.ts';

describe('What was found is held against what was expected', () => {
  it.each<[name: string, expected: unknown, found: unknown, paths: string[]]>([
    ['the same', { a: [1, 'b'] }, { a: [1, 'b'] }, []],
    ['more members than expected', { a: 1 }, { a: 1, b: 2 }, []],
    ['another value', { a: { b: 1 } }, { a: { b: 2 } }, ['$.a.b']],
    ['a member that is missing', { a: 1 }, {}, ['$.a']],
    ['a list with an item too many', { a: [1] }, { a: [1, 2] }, ['$.a']],
    ['a number where a text is expected', { a: '1' }, { a: 1 }, ['$.a']],
    ['a text of the form', { a: { $matches: '^ecs-svc/\\d+$' } }, { a: 'ecs-svc/12' }, []],
    ['a text of another form', { a: { $matches: '^ecs-svc/\\d+$' } }, { a: 'ecs-svc/x' }, ['$.a']],
    ['nothing, as expected', { a: { $absent: true } }, {}, []],
    ['something where nothing is expected', { a: { $absent: true } }, { a: '' }, ['$.a']],
    ['an item among others', { a: { $holds: [{ b: 1 }] } }, { a: [{ b: 2 }, { b: 1 }] }, []],
    ['no such item', { a: { $holds: [{ b: 1 }] } }, { a: [{ b: 2 }] }, ['$.a']],
    ['a list of the length', { a: { $length: 2 } }, { a: [1, 2] }, []],
    ['a list of another length', { a: { $length: 2 } }, { a: [1] }, ['$.a']],
    ['an instant', { a: { $any: 'instant' } }, { a: new Date('2026-11-20T09:00:00Z') }, []],
    ['a text where an instant is expected', { a: { $any: 'instant' } }, { a: '2026-11-20T09:00:00Z' }, ['$.a']],
    ['JSON in a text', { a: { $json: { b: 1 } } }, { a: '{"b":1}' }, []],
    ['what it should not be', { a: { $not: 1 } }, { a: 1 }, ['$.a']],
  ])('%s', (_, expected, found, paths) => {
    expect(differences(expected, found).map(({ path }) => path)).toEqual(paths);
  });
});

describe('Names', () => {
  it('are filled in wherever a text holds them, and braces of others are left', () => {
    expect(filledIn({ a: ['{x}-1', '{"x":{}}'], b: { c: '{y}' } }, { x: 'one' })).toEqual({ a: ['one-1', '{"x":{}}'], b: { c: '{y}' } });
  });

  it('are filled in where a member is called by them', () => {
    expect(filledIn({ a: { '{x}': 1 } }, { x: 'one' })).toEqual({ a: { one: 1 } });
  });

  it('are taken from the path that is told', () => {
    expect(at({ a: [{ b: 'c' }] }, 'a.0.b')).toBe('c');
    expect(at({}, 'a.0.b')).toBeUndefined();
  });
});

const told = (name: string, others?: Record<string, string>) => ({ name, sources: [], steps: [], ...(others && { others }) });

describe('The verdict', () => {
  const deviation = { step: 1, did: 'ecs ListServices', path: '$', expected: 1, found: 2 };
  it('sorts results by whether they differ and whether that is explained, for the implementation that was asked', () => {
    const verdict = judge(
      [
        { told: told('same'), deviations: [] },
        { told: told('explained', { moto: 'since' }), deviations: [deviation] },
        { told: told('explained for another', { other: 'since' }), deviations: [deviation] },
        { told: told('outdated', { moto: 'since' }), deviations: [] },
      ],
      'moto',
    );
    const names = Object.entries(verdict).map(([kind, results]) => [
      kind,
      results.map((result: { told: { name: string } }) => result.told.name),
    ]);
    expect(Object.fromEntries(names)).toEqual({
      agrees: ['same', 'outdated'],
      explained: ['explained'],
      unexplained: ['explained for another'],
      outdated: ['outdated'],
    });
  });
});
