import {
  DescribeScheduledActionsCommand,
  type ApplicationAutoScalingClient,
  type ScheduledAction as AwsAction,
} from '@aws-sdk/client-application-auto-scaling';
import type { ScheduledAction } from '../domain/scheduled-action.ts';
import type { ScheduledActions } from '../ports/scheduled-actions.ts';
import { calling } from './aws-errors.ts';

const pagesMax = 20; // Of 50 each: five times what AWS allows for one target.

/** Scheduled actions of Application Auto Scaling. */
export function awsScheduledActions(client: ApplicationAutoScalingClient): ScheduledActions {
  return {
    of: async (key) => {
      const found: AwsAction[] = [];
      let NextToken: string | undefined;
      for (let page = 0; page < pagesMax; page += 1) {
        const ask = new DescribeScheduledActionsCommand({
          ServiceNamespace: 'ecs',
          ResourceId: `service/${key}`,
          ScalableDimension: 'ecs:service:DesiredCount',
          NextToken,
        });
        const answer = await calling(`read the scheduled actions of ${key}`, () => client.send(ask));
        found.push(...(answer.ScheduledActions ?? []));
        NextToken = answer.NextToken;
        if (NextToken === undefined) break;
      }
      return found.map(toAction);
    },
  };
}

function toAction({ ScheduledActionName = '', Schedule = '', Timezone = 'UTC', StartTime, EndTime }: AwsAction): ScheduledAction {
  return {
    name: ScheduledActionName,
    expression: Schedule,
    timezone: Timezone,
    ...(StartTime === undefined ? {} : { start: StartTime.toISOString() }),
    ...(EndTime === undefined ? {} : { end: EndTime.toISOString() }),
  };
}
