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

/** An alarm of the product itself, in China. */
const ours = (
  name: string,
  state: string,
  reason = 'Threshold Crossed: 1 datapoint [3.0 (23/11/26 10:09:00)] was greater than the threshold (0.0).',
) =>
  describeForeign(
    foreign({
      message: JSON.stringify({
        AlarmName: `ecs-autopilot-production-${name}`,
        AlarmArn: `arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:ecs-autopilot-production-${name}`,
        NewStateValue: state,
        NewStateReason: reason,
      }),
    }),
  );

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

  it('about dead letters says how many there are, where, how to read them, and how to send them again', () => {
    const told = ours('dead-letters', 'ALARM');
    expect(told).toMatchObject({ level: 'critical', headline: '3 things could not be done, after all retries' });
    expect(told.facts).toContainEqual([
      'Console',
      'https://cn-north-1.console.amazonaws.cn/sqs/v3/home?region=cn-north-1#/queues/https%3A%2F%2Fsqs.cn-north-1.amazonaws.com.cn%2F123456789012%2Fecs-autopilot-production-dead-letters',
    ]);
    expect(told.next.filter((line) => line.startsWith('aws '))).toEqual([
      'aws sqs receive-message --region cn-north-1 --queue-url https://sqs.cn-north-1.amazonaws.com.cn/123456789012/ecs-autopilot-production-dead-letters --max-number-of-messages 10 --visibility-timeout 60 --attribute-names All',
      'aws sqs start-message-move-task --region cn-north-1 --source-arn arn:aws-cn:sqs:cn-north-1:123456789012:ecs-autopilot-production-dead-letters',
    ]);
  });

  it('about dead letters whose number is not told says that there are some', () => {
    expect(ours('dead-letters', 'ALARM', 'Set by hand.').headline).toBe('something could not be done, after all retries');
  });

  it('about a tick that does not succeed names its log', () => {
    expect(ours('tick', 'ALARM').next).toContain('aws logs tail /aws/lambda/ecs-autopilot-production-tick --region cn-north-1 --since 30m');
  });

  it.each([
    ['dead-letters', 'the dead letters are gone'],
    ['tick', 'the tick succeeds again'],
  ])('says in plain words that the alarm on %s is over', (name, headline) => {
    expect(ours(name, 'OK')).toMatchObject({ level: 'info', headline, next: [] });
  });
});
