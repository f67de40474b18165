import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import type { Notification } from '../../lib/domain/notification.ts';
import { columns, cut } from '../../lib/notifications/columns.ts';
import { renderMail } from '../../lib/notifications/mail.ts';
import { wrap, wrapCommand } from '../../lib/notifications/wrap.ts';
import { messages } from '../fixtures/told.ts';

const live = messages['live'] as Notification;
const mayOverflow = /:\/\/|arn:|sha256:/;

// Words of every script, emoji, halves of surrogate pairs, control characters, and no spaces for long stretches.
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('\uD83D', '\u2028', '\r\n', '数据库', '👩‍👩‍👧‍👦', 'é'.repeat(90)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '));
const anyNotification = fc.record({
  version: fc.constant(1 as const),
  id: anyText,
  state: fc.constant('live' as const),
  level: fc.constantFrom('info' as const, 'warning' as const, 'critical' as const),
  at: fc.constant(live.at),
  headline: anyText,
  why: anyText,
  code: fc.constant('bake-passed' as const),
  facts: fc.array(fc.tuple(anyText, anyText), { maxLength: 4 }),
  next: fc.array(
    fc.oneof(
      anyText,
      anyText.map((text) => `aws ecs wait --services ${text}`),
    ),
    { maxLength: 3 },
  ),
});

describe('renderMail, of any text', () => {
  it('has a subject that SNS takes', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const { subject } = renderMail(notification);
        expect(subject.length).toBeLessThan(100);
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(subject.isWellFormed()).toBe(true);
      }),
    );
  });

  it('has no line over 78 columns but for what breaks when broken', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const { message } = renderMail({ ...notification, next: notification.next.filter((line) => !line.startsWith('aws ')) });
        const over = message.split('\n').filter((line) => columns(line) > 78 && !mayOverflow.test(line));
        expect(over).toStrictEqual([]);
      }),
    );
  });

  it('has no control characters but its line breaks, and no halves of characters', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const { message } = renderMail(notification);
        expect(message.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
        expect(message.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('renderMail', () => {
  it('says what, why, what next, and where, in this order', () => {
    const { message } = renderMail(live);
    expect(message.split('\n').filter((line) => /^\S/.test(line))).toStrictEqual([
      live.headline,
      'Why',
      'Next step',
      'Where',
      '--',
      'ecs-autopilot, info, 2026-11-20 09:36:12 UTC',
      live.id,
    ]);
  });

  it.each(Object.entries(messages))('keeps %s within 78 columns, but for a link or a digest alone in its line', (_, notification) => {
    const over = renderMail(notification)
      .message.split('\n')
      .filter((line) => columns(line) > 78);
    expect(over.filter((line) => !/^ +(https:\/\/\S+|sha256:[0-9a-f]{64}( \\)?)$/.test(line))).toStrictEqual([]);
  });

  it('puts a level that matters before the subject', () => {
    const subjects = (['info', 'warning', 'critical'] as const).map((level) => renderMail({ ...live, level, headline: 'x' }).subject);
    expect(subjects).toStrictEqual(['x', 'Warning: x', 'Critical: x']);
  });

  it('takes a command for a command, and a sentence about one for a sentence', () => {
    const next = ['aws ecs list-clusters', 'Ask aws whether it is so.'];
    expect(renderMail({ ...live, next }).message).toContain('\n    aws ecs list-clusters\n  Ask aws whether it is so.\n');
  });
});

describe('cut', () => {
  it.each<[name: string, text: string, max: number, expected: string]>([
    ['leaves what fits', 'abcde', 5, 'abcde'],
    ['cuts what is one longer', 'abcdef', 5, 'abcd…'],
    ['does not cut through a surrogate pair', 'abc😀def', 5, 'abc…'],
    ['keeps the pair where it fits', 'abc😀def', 6, 'abc😀…'],
    ['does not cut through an emoji of several', 'a👩‍👩‍👧b👩‍👩‍👧', 8, 'a…'],
    ['does not part a letter from its accent', 'aae\u0301ee', 4, 'aa…'],
    ['leaves no space before the mark', 'ab cdef', 4, 'ab…'],
  ])('%s', (_, text, max, expected) => {
    expect(cut(text, max)).toBe(expected);
  });
});

describe('columns', () => {
  it.each<[text: string, width: number]>([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['数据', 4],
    ['😀', 2],
    ['👩‍👩‍👧', 2],
    ['한', 2],
    ['…', 1],
  ])('of "%s" are %i', (text, width) => {
    expect(columns(text)).toBe(width);
  });
});

describe('wrap', () => {
  it.each<[name: string, text: string, lines: string[]]>([
    ['fills a line to its last column', 'aaaa bbbbb', ['aaaa bbbbb']],
    ['goes on one past it', 'aaaa bbbbbb', ['aaaa', 'bbbbbb']],
    ['breaks a word that is longer than the line', 'aaaabbbbccccd', ['aaaabbbbcc', 'ccd']],
    ['breaks wide characters by their columns', '数据库数据库', ['数据库数据', '库']],
    ['leaves a link whole', 'see https://example.com/x now', ['see', 'https://example.com/x', 'now']],
    ['is empty for nothing', ' ', []],
  ])('%s', (_, text, lines) => {
    expect(wrap(text, 10)).toStrictEqual(lines);
  });
});

describe('wrapCommand', () => {
  it('ends each line but the last in a backslash, and keeps an option with its value', () => {
    expect(wrapCommand("aws ecs run --cluster production --query 'a b c' --x", 30, '  ')).toStrictEqual([
      '  aws ecs run \\',
      '    --cluster production \\',
      "    --query 'a b c' --x",
    ]);
  });

  it('counts the backslash among the columns', () => {
    expect(wrapCommand('aws aaaaaaaaaaa --b c --d', 22, '')).toStrictEqual(['aws aaaaaaaaaaa \\', '  --b c --d']);
    expect(wrapCommand('aws aaaaaaaaaaa --b c --d', 23, '')).toStrictEqual(['aws aaaaaaaaaaa --b c \\', '  --d']);
    expect(wrapCommand('aws aaaaaaaaaaa --b c --d', 26, '    ')).toStrictEqual(['    aws aaaaaaaaaaa \\', '      --b c --d']);
    expect(wrapCommand('aws aaaaaaaaaaa --b c --d', 27, '    ')).toStrictEqual(['    aws aaaaaaaaaaa --b c \\', '      --d']);
  });

  it('is, put together again, the command itself', () => {
    const word = fc.stringMatching(/^[a-z0-9:./=-]{1,40}$/);
    const argument = fc.oneof(
      word,
      word.map((text) => `--${text}`),
      word.map((text) => `'${text} {"x"}'`),
    );
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 12 }), (rest) => {
        const command = ['aws', ...rest].join(' ');
        const lines = wrapCommand(command, 78, '    ');
        expect(lines.map((line) => line.trim().replace(/ \\$/, '')).join(' ')).toBe(command);
        expect(lines.slice(0, -1).every((line) => line.endsWith(' \\'))).toBe(true);
      }),
    );
  });
});
