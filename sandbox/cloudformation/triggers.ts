import { type Make, nameFrom, without } from './resource-type.ts';

/** EventBridge and Scheduler resources. */
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
  'AWS::Scheduler::Schedule': async (properties, surroundings) => {
    const Name = nameFrom(properties['Name'], surroundings);
    const { ScheduleArn } = await surroundings.call('scheduler', 'CreateSchedule', { ...properties, Name });
    return { id: Name, attributes: { Arn: String(ScheduleArn) } };
  },
};
