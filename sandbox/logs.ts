import type * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { Clock } from './clock.ts';
import { filterEvents, getEvents } from './logs/read-events.ts';
import { type LogGroup, LogStore, type LogStream } from './logs/store.ts';
import { pageOf } from './paging.ts';
import { AwsError, type AwsService } from './service.ts';

export interface LogsOptions {
  clock: Clock;
  account: string;
  region: string;
}

/** Amazon CloudWatch Logs: what functions and tasks wrote, and what anybody else puts there. */
export function createLogs({ clock, account, region }: LogsOptions): AwsService & { store: LogStore } {
  const store = new LogStore(clock);
  const arnOf = (name: string): string => `arn:aws:logs:${region}:${account}:log-group:${name}`;
  const groupOf = ({
    logGroupName,
    logGroupIdentifier,
  }: {
    logGroupName?: string | undefined;
    logGroupIdentifier?: string | undefined;
  }): LogGroup => {
    const name = logGroupName ?? logGroupIdentifier?.split(':log-group:').at(-1)?.replace(/:\*$/, '') ?? '';
    const group = store.groups.get(name);
    if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  };
  return {
    store,
    operations: {
      CreateLogGroup: ({ logGroupName = '' }: sdk.CreateLogGroupCommandInput) => {
        if (!/^[\w/.#-]{1,512}$/.test(logGroupName))
          throw new AwsError('InvalidParameterException', `Value '${logGroupName}' at 'logGroupName' failed to satisfy constraint`);
        if (store.groups.has(logGroupName)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
        store.create(logGroupName);
      },
      PutRetentionPolicy: (input: sdk.PutRetentionPolicyCommandInput) => {
        groupOf(input).retentionDays = input.retentionInDays ?? 0;
      },
      DescribeLogGroups: (input: sdk.DescribeLogGroupsCommandInput) => {
        const groups = [...store.groups.values()].filter(({ name }) => name.startsWith(input.logGroupNamePrefix ?? ''));
        const { items, next } = paged(groups.toSorted(byName), input.limit ?? 50, input.nextToken);
        return { logGroups: items.map((group) => toldGroup(group, arnOf(group.name))), nextToken: next };
      },
      CreateLogStream: (input: sdk.CreateLogStreamCommandInput) => {
        const group = groupOf(input);
        if (group.streams.has(input.logStreamName ?? ''))
          throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
        store.addStream(group, input.logStreamName ?? '');
      },
      DescribeLogStreams: (input: sdk.DescribeLogStreamsCommandInput) => {
        const group = groupOf(input);
        const streams = [...group.streams.values()].filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ''));
        const order = input.orderBy === 'LastEventTime' ? (a: LogStream, b: LogStream) => lastOf(a) - lastOf(b) : byName;
        const sorted = streams.toSorted((a, b) => (input.descending === true ? order(b, a) : order(a, b)));
        const { items, next } = paged(sorted, input.limit ?? 50, input.nextToken);
        return { logStreams: items.map((stream) => toldStream(stream, arnOf(group.name))), nextToken: next };
      },
      PutLogEvents: (input: sdk.PutLogEventsCommandInput) => {
        streamOf(groupOf(input), input.logStreamName);
        const lines = (input.logEvents ?? []).map(({ timestamp = 0, message = '' }) => ({ at: timestamp, message }));
        if (lines.some(({ at }, index) => at < (lines[index - 1]?.at ?? 0)))
          throw new AwsError('InvalidParameterException', 'Log events in a single PutLogEvents request must be in chronological order.');
        store.put(input.logGroupName ?? '', input.logStreamName ?? '', lines);
        return { nextSequenceToken: '49039859' };
      },
      GetLogEvents: (input: sdk.GetLogEventsCommandInput) => {
        const group = groupOf(input);
        return getEvents(input, store.eventsOf(group, streamOf(group, input.logStreamName)));
      },
      FilterLogEvents: (input: sdk.FilterLogEventsCommandInput) => filterEvents(input, groupOf(input), store),
    },
  };
}

function streamOf({ streams }: LogGroup, name: string | undefined): LogStream {
  const stream = streams.get(name ?? '');
  if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  return stream;
}

function paged<Item>(items: readonly Item[], size: number, token: string | undefined): { items: Item[]; next: string | undefined } {
  const page = pageOf(items, size, token);
  if (!page) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  return page;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function lastOf({ events }: LogStream): number {
  return events.at(-1)?.at ?? 0;
}

function toldGroup({ name, createdAt, retentionDays }: LogGroup, arn: string): sdk.LogGroup {
  return {
    logGroupName: name,
    creationTime: createdAt,
    retentionInDays: retentionDays,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: 'STANDARD',
  };
}

function toldStream({ name, createdAt, events }: LogStream, groupArn: string): sdk.LogStream {
  const [first, last] = [events[0], events.at(-1)];
  return {
    logStreamName: name,
    creationTime: createdAt,
    arn: `${groupArn}:log-stream:${name}`,
    ...(first && last && { firstEventTimestamp: first.at, lastEventTimestamp: last.at, lastIngestionTime: last.ingestedAt }),
  };
}
