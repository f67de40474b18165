import type { Clock } from '../clock.ts';

export interface LogEvent {
  /** Its place in the stream; grows, and never comes twice. */
  id: number;
  at: number;
  ingestedAt: number;
  message: string;
}

export interface LogStream {
  name: string;
  createdAt: number;
  events: LogEvent[];
}

export interface LogGroup {
  name: string;
  createdAt: number;
  retentionDays?: number;
  streams: Map<string, LogStream>;
}

/** What is kept of a stream, and how many streams of a group: the newest, so that a long run does not fill the memory. */
const kept = { events: 2_000, streams: 200 };

/** What was logged, by group and stream. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();
  #written = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(name: string): LogGroup {
    const group = { name, createdAt: this.#clock.now().getTime(), streams: new Map<string, LogStream>() };
    this.groups.set(name, group);
    return group;
  }

  /** Writes one line now, into a stream that is made for it where it is not there yet. False: there is no such group. */
  write(group: string, stream: string, message: string): boolean {
    return this.put(group, stream, [{ at: this.#clock.now().getTime(), message }]);
  }

  put(groupName: string, streamName: string, lines: readonly { at: number; message: string }[]): boolean {
    const group = this.groups.get(groupName);
    if (!group) return false;
    const stream = group.streams.get(streamName) ?? this.addStream(group, streamName);
    const ingestedAt = this.#clock.now().getTime();
    for (const { at, message } of lines) stream.events.push({ id: ++this.#written, at, ingestedAt, message });
    if (stream.events.length > kept.events) stream.events.splice(0, stream.events.length - kept.events);
    return true;
  }

  addStream(group: LogGroup, name: string): LogStream {
    const stream: LogStream = { name, createdAt: this.#clock.now().getTime(), events: [] };
    group.streams.set(name, stream);
    const [oldest] = group.streams.keys();
    if (group.streams.size > kept.streams && oldest !== undefined) group.streams.delete(oldest);
    return stream;
  }

  /** The events of a stream that are not past the group's retention, oldest first. */
  eventsOf(group: LogGroup, stream: LogStream): LogEvent[] {
    const oldest = group.retentionDays === undefined ? 0 : this.#clock.now().getTime() - group.retentionDays * 86_400_000;
    return stream.events.filter(({ at }) => at >= oldest).toSorted((a, b) => a.at - b.at || a.id - b.id);
  }
}
