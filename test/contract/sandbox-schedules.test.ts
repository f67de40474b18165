import { afterEach, describe, expect, it } from '@jest/globals';
import { arnOf, runSmall, type SmallSandbox } from '../fixtures/small-sandbox.ts';

let running: SmallSandbox | undefined;

async function run(...given: Parameters<typeof runSmall>): Promise<SmallSandbox> {
  running = await runSmall(...given);
  return running;
}

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const schedule = (expression: string, more: object = {}): Record<string, object> => ({
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'tick',
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: arnOf('Echo'),
        RoleArn: 'arn:aws:iam::123456789012:role/small',
        Input: '{"at":"<aws.scheduler.scheduled-time>"}',
      },
      ...more,
    },
  },
});

describe('A schedule', () => {
  it('fires at each of its times within a jump', async () => {
    const { sandbox, heard } = await run(schedule('rate(1 minute)'));
    await sandbox.clock.advance(180_000);
    expect(heard).toEqual([{ at: '2026-01-05T10:01:00Z' }, { at: '2026-01-05T10:02:00Z' }, { at: '2026-01-05T10:03:00Z' }]);
  });

  it('fires in its time zone', async () => {
    const { sandbox, heard } = await run(schedule('cron(0 12 * * ? *)', { ScheduleExpressionTimezone: 'Europe/Berlin' }));
    await sandbox.clock.advance(86_400_000);
    expect(heard).toEqual([{ at: '2026-01-05T11:00:00Z' }]);
  });

  it('does not fire when it is disabled', async () => {
    const { sandbox, heard } = await run(schedule('rate(1 minute)', { State: 'DISABLED' }));
    await sandbox.clock.advance(180_000);
    expect(heard).toEqual([]);
  });

  it('is refused where its expression is none', async () => {
    await expect(run(schedule('cron(0 20 * * MON-FRI *)'))).rejects.toThrow(/AWS::Scheduler::Schedule \(Schedule\).*one is \?/);
  });

  it.each<[sentence: string, action: string, left: number]>([
    ['is gone after its one time, where that is wanted', 'DELETE', 0],
    ['stays after its one time otherwise', 'NONE', 1],
  ])('%s', async (_, ActionAfterCompletion, left) => {
    const { sandbox, heard } = await run(schedule('at(2026-01-05T10:02:00)', { ActionAfterCompletion }));
    await sandbox.clock.advance(600_000);
    expect(heard).toEqual([{ at: '2026-01-05T10:02:00Z' }]);
    expect((await sandbox.call('scheduler', 'ListSchedules', {}))['Schedules']).toHaveLength(left);
  });

  it('is listed page by page, and by its state', async () => {
    const { sandbox } = await run({
      ...schedule('rate(1 hour)'),
      Other: other(schedule('rate(1 hour)', { Name: 'other', State: 'DISABLED' })),
    });
    const list = (input: object): Promise<Record<string, unknown>> => sandbox.call('scheduler', 'ListSchedules', input);
    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first['NextToken'] });
    expect([first, second]).toMatchObject([{ Schedules: [{ Name: 'tick' }] }, { Schedules: [{ Name: 'other' }] }]);
    expect(second['NextToken']).toBeUndefined();
    expect(await list({ State: 'DISABLED' })).toMatchObject({ Schedules: [{ Name: 'other' }] });
    await expect(list({ NextToken: 'x' })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it.each([{ Mode: 'FLEXIBLE' }, { Mode: 'OFF', MaximumWindowInMinutes: 5 }])(
    'is refused with the window %j',
    async (FlexibleTimeWindow) => {
      await expect(run(schedule('rate(1 hour)', { FlexibleTimeWindow }))).rejects.toThrow(/MaximumWindowInMinutes/);
    },
  );
});

const other = ({ Schedule }: Record<string, object>): object => ({ ...Schedule });
