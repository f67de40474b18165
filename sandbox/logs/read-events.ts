import type * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../paging.ts';
import { AwsError } from '../service.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import type { LogEvent, LogGroup, LogStore, LogStream } from './store.ts';

const eventsMax = 10_000;

/** GetLogEvents: a page of one stream, from its end or its beginning; at an end, the token stays the same. */
export function getEvents(input: sdk.GetLogEventsCommandInput, events: LogEvent[]): object {
  const inside = events.filter(within(input));
  const size = input.limit ?? eventsMax;
  const { direction, id } = tokenOf(input, inside);
  const page =
    direction === 'f' ? inside.filter((event) => event.id > id).slice(0, size) : inside.filter((event) => event.id < id).slice(-size);
  const [first, last] = [page[0]?.id ?? (direction === 'f' ? id + 1 : id), page.at(-1)?.id ?? (direction === 'f' ? id : id - 1)];
  return {
    events: page.map(({ at, message, ingestedAt }) => ({ timestamp: at, message, ingestionTime: ingestedAt })),
    nextForwardToken: `f/${last}/s`,
    nextBackwardToken: `b/${first}/s`,
  };
}

function tokenOf(
  { nextToken, startFromHead = false }: sdk.GetLogEventsCommandInput,
  events: LogEvent[],
): { direction: string; id: number } {
  if (nextToken === undefined) return startFromHead ? { direction: 'f', id: 0 } : { direction: 'b', id: (events.at(-1)?.id ?? 0) + 1 };
  const [, direction, id] = /^([fb])\/(\d+)\/s$/.exec(nextToken) ?? [];
  if (direction === undefined) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  return { direction, id: Number(id) };
}

/** FilterLogEvents: what matches in the streams that are asked for, by time. */
export function filterEvents(input: sdk.FilterLogEventsCommandInput, group: LogGroup, store: LogStore): object {
  const matches = compileFilterPattern(input.filterPattern ?? '');
  const found = streamsOf(input, group)
    .flatMap((stream) => store.eventsOf(group, stream).map((event) => ({ stream, event })))
    .filter(({ event }) => within(input)(event) && matches(event.message))
    .toSorted((a, b) => a.event.at - b.event.at || a.event.id - b.event.id);
  const page = pageOf(found, input.limit ?? eventsMax, input.nextToken);
  if (!page) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  const events = page.items.map(({ stream, event: { at, message, ingestedAt, id } }) => ({
    logStreamName: stream.name,
    timestamp: at,
    message,
    ingestionTime: ingestedAt,
    eventId: String(id).padStart(56, '3'),
  }));
  return { events, searchedLogStreams: [], ...(page.next !== undefined && { nextToken: page.next }) };
}

function streamsOf({ logStreamNames, logStreamNamePrefix }: sdk.FilterLogEventsCommandInput, { streams }: LogGroup): LogStream[] {
  const missing = logStreamNames?.find((name) => !streams.has(name));
  if (missing !== undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  return [...streams.values()].filter(({ name }) => (logStreamNames?.includes(name) ?? true) && name.startsWith(logStreamNamePrefix ?? ''));
}

function within({
  startTime = 0,
  endTime = Infinity,
}: {
  startTime?: number | undefined;
  endTime?: number | undefined;
}): (event: LogEvent) => boolean {
  return ({ at }) => at >= startTime && at < endTime;
}
