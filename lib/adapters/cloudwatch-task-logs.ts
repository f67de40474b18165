import { GetLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { TaskLogs } from '../ports/task-logs.ts';
import { MissingError, RefusedError } from '../errors.ts';
import { calling } from './aws-errors.ts';

/** The logs of tasks in CloudWatch Logs, as the awslogs driver writes them: `<prefix>/<container>/<task id>`. */
export function cloudwatchTaskLogs(client: CloudWatchLogsClient): TaskLogs {
  return {
    last: async ({ group, prefix, region }, container, taskId, lines) => {
      if (region !== undefined && region !== (await client.config.region())) return []; // Another region's logs are read by nobody here.
      const logStreamName = `${prefix}/${container}/${taskId}`;
      const command = new GetLogEventsCommand({ logGroupName: group, logStreamName, limit: lines, startFromHead: false });
      try {
        const { events = [] } = await calling(`read ${group} ${logStreamName}`, () => client.send(command));
        return events.flatMap(({ message }) => (message === undefined ? [] : [message]));
      } catch (error) {
        if (error instanceof RefusedError || error instanceof MissingError) return []; // No group, no stream, no permission: no lines.
        throw error;
      }
    },
  };
}
