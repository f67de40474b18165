import { describe, expect, it } from '@jest/globals';
import type { ForeignMessage } from '../../lib/domain/told-message.ts';
import { describeForeign } from '../../lib/notifications/describe-foreign.ts';

const foreign = (differs: Partial<ForeignMessage> = {}): ForeignMessage => ({
  id: 'sns-1',
  subject: 'Maintenance tonight',
  message: 'From 22:00.\nNobody deploys.',
  at: '2026-11-23T10:10:05.123Z',
  ...differs,
});
const alarm = (state: string): string =>
  JSON.stringify({
    AlarmName: 'ecs-autopilot-production-tick',
    AlarmDescription: 'No tick.',
    NewStateValue: state,
    NewStateReason: 'Missing.',
  });

describe('a message that is not ours', () => {
  it('is told plainly', () => {
    expect(describeForeign(foreign())).toMatchObject({
      id: 'sns-1#note',
      state: 'note',
      level: 'info',
      headline: 'Maintenance tonight',
      why: 'From 22:00.\nNobody deploys.',
    });
  });

  it('without a subject is told by its first line, and only once', () => {
    const { subject: _subject, ...plain } = foreign({ message: 'Nobody deploys.' });
    expect(describeForeign(plain)).toMatchObject({ headline: 'Nobody deploys.', why: '' });
  });

  it('of nothing still says that there was one', () => {
    expect(describeForeign({ id: 'sns-1', message: ' ', at: foreign().at })).toMatchObject({ headline: 'a message without text', why: '' });
  });

  it.each([
    ['rings', 'ALARM', 'critical'],
    ['is over', 'OK', 'info'],
  ])('is an alarm that %s', (phrase, state, level) => {
    const told = describeForeign(foreign({ message: alarm(state) }));
    expect(told).toMatchObject({ level, headline: `the alarm ecs-autopilot-production-tick ${phrase}`, why: 'No tick. Missing.' });
  });
});
