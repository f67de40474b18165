import { describe, expect, it } from '@jest/globals';
import { parseTick } from '../../lib/events/scheduled.ts';
import { PermanentError } from '../../lib/errors.ts';
import { sampleEvent } from '../fixtures/sample-event.ts';

describe('parseTick', () => {
  it.each<[name: string, given: unknown, scheduledFor: string | undefined]>([
    ['a schedule without input, whose detail is a text', sampleEvent('scheduler-no-input'), '2026-11-20T19:01:00.000Z'],
    ['a schedule with input, which comes without envelope', sampleEvent('scheduler-custom-input'), '2026-11-20T19:00:00.000Z'],
    ['a rule of the older kind', sampleEvent('scheduled-rule-legacy'), '2026-11-20T19:00:00.000Z'],
    ['an input that tells nothing', {}, undefined],
  ])('reads %s', (_, given, scheduledFor) => {
    expect(parseTick(given)).toStrictEqual(scheduledFor === undefined ? {} : { scheduledFor });
  });

  it.each<[name: string, given: unknown]>([
    ['another kind of event', sampleEvent('ecr-push-tagged')],
    ['a text', 'tick'],
    ['nothing', undefined],
    ['an envelope without a time', { ...sampleEvent('scheduler-no-input'), time: undefined }],
  ])('does not take %s for a tick', (_, given) => {
    expect(() => parseTick(given)).toThrow(PermanentError);
  });
});
