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
    ['an input whose time is empty', { scheduledTime: '' }, undefined],
    ['an input whose time is null', { scheduledTime: null }, undefined],
  ])('reads %s', (_, given, scheduledFor) => {
    expect(parseTick(given)).toStrictEqual(scheduledFor === undefined ? {} : { scheduledFor });
  });

  it.each<[name: string, given: unknown]>([
    ['another kind of event', sampleEvent('ecr-push-tagged')],
    ['a text', 'tick'],
    ['nothing', undefined],
    ['null', null],
    ['an envelope without a time', { ...sampleEvent('scheduler-no-input'), time: undefined }],
    ['an envelope with a day that does not exist', { ...sampleEvent('scheduler-no-input'), time: '2026-11-40T19:01:00Z' }],
    ['a time in words', { scheduledTime: 'November 20, 2026' }],
  ])('does not take %s for a tick', (_, given) => {
    expect(() => parseTick(given)).toThrow(PermanentError);
  });
});
