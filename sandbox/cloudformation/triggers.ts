import type { Make } from './resource-type.ts';

/** EventBridge and Scheduler resources. */
export const triggers: Record<string, Make> = {
  'AWS::Events::Rule': async ({ Name, EventPattern, Targets, Tags: _, ...rest }, { generatedName, call }) => {
    const name = String(Name ?? generatedName);
    const pattern =
      EventPattern === undefined ? {} : { EventPattern: typeof EventPattern === 'string' ? EventPattern : JSON.stringify(EventPattern) };
    const { RuleArn } = await call('events', 'PutRule', { Name: name, ...pattern, ...rest });
    if (Targets !== undefined) await call('events', 'PutTargets', { Rule: name, Targets });
    return { id: name, attributes: { Arn: String(RuleArn) } };
  },
  'AWS::Scheduler::Schedule': async ({ Name, ...rest }, { generatedName, call }) => {
    const name = String(Name ?? generatedName);
    const { ScheduleArn } = await call('scheduler', 'CreateSchedule', { Name: name, ...rest });
    return { id: name, attributes: { Arn: String(ScheduleArn) } };
  },
};
