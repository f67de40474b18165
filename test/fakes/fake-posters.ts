import type { Channel } from '../../lib/domain/channel.ts';
import type { Posters, RenderedMessage, Thread } from '../../lib/ports/chat.ts';

/** What a channel was sent. */
export interface SentMessage {
  channel: string;
  message: RenderedMessage;
  thread?: string;
}

/** Channels that keep what they are sent, and refuse while the test says so. Those of a Slack bot have threads. */
export function fakePosters(): { posters: Posters; sent: SentMessage[]; refusals: Map<string, Error>; poison: Map<string, Error> } {
  const sent: SentMessage[] = [];
  const refusals = new Map<string, Error>(); // By channel.
  const poison = new Map<string, Error>(); // By message.
  const posters = ({ id, address }: Channel) => ({
    post: async (message: RenderedMessage, thread: Thread | undefined): Promise<Thread | undefined> => {
      const refusal = refusals.get(id) ?? poison.get(message.id);
      if (refusal !== undefined) throw refusal;
      sent.push({ channel: id, message, ...(thread === undefined ? {} : { thread: thread.message }) });
      if (address.kind !== 'slack-bot') return undefined;
      return thread ?? { message: `ts-${sent.length}`, place: address.channel, shownAt: message.at };
    },
  });
  return { posters, sent, refusals, poison };
}
