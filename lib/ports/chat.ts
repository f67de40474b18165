import type { Channel } from '../domain/channel.ts';
import type { Instant } from '../domain/instant.ts';

/** Where the first message of a thread stands, and the newest that it shows. */
export interface Thread {
  message: string;
  /** The place as the channel itself names it. */
  place: string;
  shownAt: Instant;
}

/** A message as a channel takes it. */
export interface RenderedMessage {
  /** The id of the notification behind it. */
  id: string;
  at: Instant;
  /** In the channel's own words, as JSON. */
  full: object;
  /** The same with nothing that the channel could find malformed: sent where it refuses the full one for its form. */
  plain: object;
}

/** One channel. A repeat is posted again: whoever calls knows what was posted. */
export interface Poster {
  /**
   * Posts, into the thread where there is one. Answers the thread that the next message of the same deployment belongs to; undefined where the
   * channel has none. Throws TransientError when it may be tried again (the channel is busy, slow or away), RefusedError when the channel
   * takes nothing any more, PermanentError when it takes this message in no form.
   */
  post(message: RenderedMessage, thread: Thread | undefined): Promise<Thread | undefined>;
}

/** The poster of a channel; the same one each time, so that a channel that asked to be left alone is. */
export type Posters = (channel: Channel) => Poster;

/** What a channel was told of one subject: a deployment, or a message of no deployment. */
export interface Posted {
  /** Keys of what was posted. */
  keys: string[];
  thread?: Thread;
}

/** What was posted where: so that a repeat is posted once, and each deployment has one thread. */
export interface Posts {
  /** Takes the subject in this channel until the instant, and answers what was posted. Undefined: somebody else is posting of it right now. */
  take(channel: string, subject: string, by: string, now: Instant, until: Instant): Promise<Posted | undefined>;
  /** Writes what was posted, and gives the subject free. Kept until the instant. A thread that is not named stays; null ends it. */
  write(channel: string, subject: string, posted: { keys: string[]; thread?: Thread | null }, keptUntil: Instant): Promise<void>;
  /** Gives the subject free without a post. */
  release(channel: string, subject: string): Promise<void>;
  /** Whether the channel refuses, and what is known of it. */
  refusal(channel: string): Promise<Refusal>;
  /** Notes that the channel refuses. False: that was noted already. */
  noteRefused(channel: string, since: Instant): Promise<boolean>;
  /** Notes that it takes messages again, and until when nothing more is told of it. False: it was not noted as refusing. */
  noteRecovered(channel: string, quietUntil: Instant): Promise<boolean>;
}

/** `since`: refuses since then; absent while it takes messages. `quietUntil`: it took some again, and until then a refusal is not told anew. */
export interface Refusal {
  since?: Instant;
  quietUntil?: Instant;
}
