import { GetLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { TaskLogs } from '../ports/task-logs.ts';
import { RefusedError } from '../errors.ts';
import { calling } from './aws-errors.ts';

/** The logs of tasks in CloudWatch Logs. */
export function cloudwatchTaskLogs(client: CloudWatchLogsClient): TaskLogs {
  return {
    last: async ({ group, stream, region }, lines) => {
      if (region !== undefined && region !== (await client.config.region())) return []; // Another region's logs are read by nobody here.
      const command = new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lines, startFromHead: false });
      try {
        const { events = [] } = await calling(`read ${group} ${stream}`, () => client.send(command));
        return events.flatMap(({ message }) => (message === undefined ? [] : [message]));
      } catch (error) {
        if (error instanceof RefusedError && error.code === 'ResourceNotFoundException') return []; // A task that never ran wrote nothing.
        throw error;
      }
    },
  };
}
