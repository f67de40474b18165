import { describe, expect, it } from '@jest/globals';
import { revisionDifference } from '../../lib/decide/revision-difference.ts';

const settings = {
  cpu: '256',
  memory: '512',
  'web: command': '["node","a.js"]',
  'web: environment LOG_LEVEL': '#a1',
  'web: secret DB': '#b2',
};

describe('what differs between two revisions', () => {
  it.each<[name: string, failed: Record<string, string>, lines: string[]]>([
    ['is nothing where they are the same', settings, []],
    ['shows sizes and commands', { ...settings, cpu: '512' }, ['cpu: 256 → 512']],
    ['names a variable, never its value', { ...settings, 'web: environment LOG_LEVEL': '#ff' }, ['web: environment LOG_LEVEL: changed']],
    ['names what is new', { ...settings, 'web: environment FLAG': '#1' }, ['web: environment FLAG: new']],
    [
      'names what is gone',
      Object.fromEntries(Object.entries(settings).filter(([key]) => key !== 'web: secret DB')),
      ['web: secret DB: gone'],
    ],
    ['shows no very long command', { ...settings, 'web: command': 'x'.repeat(121) }, ['web: command: changed']],
  ])('%s', (_, failed, lines) => {
    expect(revisionDifference(failed, settings)).toEqual(lines);
  });

  it('is told up to a bound', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`setting ${String(index).padStart(2, '0')}`, 'x']));
    const lines = revisionDifference(many, {});
    expect([lines.length, lines.at(-1)]).toEqual([13, '… 8 more']);
  });
});
