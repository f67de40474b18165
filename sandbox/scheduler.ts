import type * as sdk from '@aws-sdk/client-scheduler';
import type { Clock } from './clock.ts';
import type { Deliveries, DeliveryFault } from './delivery.ts';
import { deliverPersistently } from './events/persistent-delivery.ts';
import type { Actor } from './iam/guard.ts';
import type { Roles } from './iam/roles.ts';
import type { Ids } from './ids.ts';
import { ScheduleError } from './model/schedule.ts';
import { pageOf } from './paging.ts';
import { recurring } from './recurring.ts';
import { AwsError, type AwsService } from './service.ts';

export interface SchedulerOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  deliveries: Deliveries;
  roles: Roles;
  warn: (text: string) => void;
}

type Stored = sdk.GetScheduleOutput & { Arn: string; Name: string; GroupName: string };

/** Amazon EventBridge Scheduler: schedules with time zones that call their target by a role. */
export function createScheduler(options: SchedulerOptions): AwsService {
  const { clock, account, region } = options;
  const schedules = new Map<string, Stored>();
  const get = (name: string | undefined, group = 'default'): Stored => {
    const found = schedules.get(`${group}/${name}`);
    if (!found) throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    return found;
  };
  return {
    operations: {
      CreateSchedule: (input: sdk.CreateScheduleCommandInput) => {
        const { ClientToken: _, GroupName = 'default', Name = '', ...rest } = input;
        const key = `${GroupName}/${Name}`;
        checkWindow(input.FlexibleTimeWindow);
        if (!mayAssume(input.Target?.RoleArn, options.roles))
          throw new AwsError(
            'ValidationException',
            'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
          );
        if (schedules.has(key)) throw new AwsError('ConflictException', `Schedule ${Name} already exists.`, 409);
        const now = clock.now();
        const defaults = {
          State: 'ENABLED',
          ScheduleExpressionTimezone: 'UTC',
          ActionAfterCompletion: 'NONE',
          CreationDate: now,
          LastModificationDate: now,
        } as const;
        const stored: Stored = {
          ...defaults,
          ...rest,
          Name,
          GroupName,
          Arn: `arn:aws:scheduler:${region}:${account}:schedule/${GroupName}/${Name}`,
        };
        begin(
          stored,
          () => schedules.get(key) === stored,
          () => schedules.delete(key),
          options,
        );
        schedules.set(key, stored);
        return { ScheduleArn: stored.Arn };
      },
      DeleteSchedule: (input: sdk.DeleteScheduleCommandInput) => {
        get(input.Name, input.GroupName);
        schedules.delete(`${input.GroupName ?? 'default'}/${input.Name}`);
      },
      GetSchedule: (input: sdk.GetScheduleCommandInput) => get(input.Name, input.GroupName),
      ListSchedules: (input: sdk.ListSchedulesCommandInput) => {
        const listed = [...schedules.values()].filter(
          ({ Name, GroupName }) => Name.startsWith(input.NamePrefix ?? '') && (input.GroupName ?? GroupName) === GroupName,
        );
        const page = pageOf(
          listed.filter(({ State }) => (input.State ?? State) === State),
          input.MaxResults ?? 100,
          input.NextToken,
        );
        if (!page) throw new AwsError('ValidationException', 'Invalid NextToken provided.');
        return { Schedules: page.items.map(summary), NextToken: page.next };
      },
    },
  };
}

function begin(schedule: Stored, wanted: () => boolean, completed: () => void, options: SchedulerOptions): void {
  try {
    recurring(options.clock.agenda, schedule.ScheduleExpression ?? '', schedule.ScheduleExpressionTimezone ?? 'UTC', wanted, (at) => {
      const within = (!schedule.StartDate || at >= schedule.StartDate) && (!schedule.EndDate || at <= schedule.EndDate);
      if (schedule.State === 'ENABLED' && within) fire(schedule, at, options);
      if (schedule.ActionAfterCompletion === 'DELETE' && schedule.ScheduleExpression?.startsWith('at(') === true) completed();
    });
  } catch (error) {
    if (error instanceof ScheduleError || error instanceof RangeError) throw new AwsError('ValidationException', error.message);
    throw error;
  }
}

function checkWindow(window: sdk.FlexibleTimeWindow | undefined): void {
  if ((window?.Mode === 'FLEXIBLE') !== (window?.MaximumWindowInMinutes !== undefined))
    throw new AwsError('ValidationException', 'MaximumWindowInMinutes must be provided for the mode FLEXIBLE, and only for it.');
}

function mayAssume(arn: string | undefined, roles: Roles): boolean {
  const role = roles.find(arn ?? '');
  return role !== undefined && roles.isTrusting(role, 'scheduler.amazonaws.com');
}

/** Calls the target. Its own role says whether it may, so no resource policy is asked; what the target does with it is not Scheduler's business. */
function fire(schedule: Stored, at: Date, { clock, deliveries, ids, warn }: SchedulerOptions): void {
  const { Target } = schedule;
  const executionId = ids.hex(32);
  const scheduledTime = at.toISOString().replace('.000Z', 'Z');
  const input = (Target?.Input ?? '{}')
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.Arn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', executionId);
  const actor: Actor = { name: schedule.Name, role: Target?.RoleArn ?? '' };
  const attempt = (number: number): DeliveryFault | undefined =>
    deliveries.deliver(Target?.Arn ?? '', input.replaceAll('<aws.scheduler.attempt-number>', String(number)), actor);
  deliverPersistently(clock, Target?.RetryPolicy, attempt, ({ fault, retries, exhausted }) => {
    const queue = Target?.DeadLetterConfig?.Arn;
    const attributes = {
      RETRY_ATTEMPTS: String(retries),
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
      ERROR_CODE: fault.code,
      ERROR_MESSAGE: fault.message,
      EXECUTION_ID: executionId,
      SCHEDULE_ARN: schedule.Arn,
      SCHEDULED_TIME: scheduledTime,
      TARGET_ARN: Target?.Arn ?? '',
    };
    const refused = queue === undefined ? fault : deliveries.deliver(queue, input, actor, attributes);
    if (refused) warn(`Schedule ${schedule.Name} dropped its run of ${scheduledTime}: ${fault.message}`);
  });
}

function summary({ Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target }: Stored): sdk.ScheduleSummary {
  return { Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target: { Arn: Target?.Arn } };
}
