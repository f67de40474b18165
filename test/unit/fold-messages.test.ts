import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { foldMessages, oneByOneMost } from '../../lib/decide/fold-messages.ts';
import type { Level, Notification, NotificationState } from '../../lib/domain/notification.ts';
import { aNotification } from '../contract/examples.ts';

const message = (number: number, state: NotificationState = 'live', level: Level = 'info'): { notification: Notification } => ({
  notification: aNotification({ id: `${number}#${state}`, state, level, at: `2026-11-23T10:${String(number).padStart(2, '0')}:00.000Z` }),
});
const several = (count: number, state: NotificationState = 'live', level: Level = 'info') =>
  Array.from({ length: count }, (_, index) => message(index, state, level));
const ids = (parts: { notification: Notification }[][]): string[][] => parts.map((part) => part.map(({ notification }) => notification.id));

describe('messages that come together', () => {
  it.each([
    ['are told one by one up to a few', oneByOneMost, oneByOneMost],
    ['are told as one above', oneByOneMost + 1, 1],
  ])('%s', (_, count, parts) => {
    expect(foldMessages(several(count))).toHaveLength(parts);
  });

  it.each([
    ['stand alone where they are critical, for longer', 10, 10],
    ['are told as one at last, where nobody would read them all', 11, 1],
  ])('%s', (_, count, parts) => {
    expect(foldMessages(several(count, 'failed', 'critical'))).toHaveLength(parts);
  });

  it('are told as one where they were found on installation', () => {
    const found = several(2).map(({ notification }) => ({ notification: { ...notification, code: 'baseline' as const } }));
    expect(foldMessages(found)).toHaveLength(1);
  });

  it('of one state and other reasons are told apart', () => {
    const [first, ...others] = several(oneByOneMost + 1);
    const other = { notification: { ...(first ?? message(0)).notification, code: 'untested' as const } };
    expect(foldMessages([other, ...others])).toHaveLength(oneByOneMost + 1);
  });

  it('are folded by state, and keep the order in which they were made', () => {
    const parts = foldMessages([message(9, 'failed', 'critical'), ...several(6).toReversed(), message(3, 'rejected', 'warning')]);
    expect(ids(parts)).toEqual([several(6).map(({ notification }) => notification.id), ['3#rejected'], ['9#failed']]);
  });

  it('lose none and repeat none, whatever the order in which they come', () => {
    const given = fc.array(fc.tuple(fc.nat(50), fc.constantFrom<NotificationState>('live', 'failed', 'rejected')), { maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(given, { maxLength: 1 }), ([entries = []]) => {
        const messages = entries.map(([number, state], index) => ({
          notification: { ...message(number, state).notification, id: `${index}` },
        }));
        const forth = ids(foldMessages(messages));
        expect(forth.flat().toSorted()).toEqual(messages.map(({ notification }) => notification.id).toSorted());
        expect(ids(foldMessages(messages.toReversed()))).toEqual(forth);
      }),
    );
  });
});
