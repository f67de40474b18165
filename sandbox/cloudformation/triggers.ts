import { type Make, nameFrom, without } from './resource-type.ts';

/** EventBridge and Scheduler resources, and log groups. */
export const triggers: Record<string, Make> = {
  'AWS::Events::Rule': async (properties, surroundings) => {
    const { call } = surroundings;
    const { EventPattern, Targets } = properties;
    const Name = nameFrom(properties['Name'], surroundings);
    const pattern =
      EventPattern === undefined ? {} : { EventPattern: typeof EventPattern === 'string' ? EventPattern : JSON.stringify(EventPattern) };
    const { RuleArn } = await call('events', 'PutRule', { ...without(properties, 'Targets', 'Tags'), Name, ...pattern });
    if (Targets !== undefined) await call('events', 'PutTargets', { Rule: Name, Targets });
    return { id: Name, attributes: { Arn: String(RuleArn) } };
  },
  'AWS::Logs::LogGroup': async ({ LogGroupName, RetentionInDays }, surroundings) => {
    const { call, region, account } = surroundings;
    const logGroupName = nameFrom(LogGroupName, surroundings);
    await call('logs', 'CreateLogGroup', { logGroupName });
    if (RetentionInDays !== undefined) await call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: RetentionInDays });
    return { id: logGroupName, attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*` } };
  },
  'AWS::Scheduler::Schedule': async (properties, surroundings) => {
    const Name = nameFrom(properties['Name'], surroundings);
    const { ScheduleArn } = await surroundings.call('scheduler', 'CreateSchedule', { ...properties, Name });
    return { id: Name, attributes: { Arn: String(ScheduleArn) } };
  },
};
