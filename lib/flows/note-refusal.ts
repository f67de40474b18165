import { tell } from './tell.ts';
import type { Channel } from '../domain/channel.ts';
import { plusMs, toInstant } from '../domain/instant.ts';
import { describeRecoveredChannel, describeRefusedChannel } from '../notifications/describe-channel.ts';
import type { Posts } from '../ports/chat.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Topic } from '../ports/topic.ts';

export interface RefusalNeeds {
  posts: Posts;
  topic: Topic;
}

/** How long after it took messages again a channel's refusal is not told anew: it is one message, then, that it does not take. */
const quietMs = 3_600_000;

/** That a channel refuses is told once, until it takes messages again. What tells of it reaches the other channels, and the mail. */
export async function noteRefused(
  { posts, topic }: RefusalNeeds,
  { id: channel, address }: Channel,
  error: Error,
  invocation: Invocation,
): Promise<void> {
  const at = toInstant(invocation.now);
  const { since, quietUntil = at } = await posts.refusal(channel);
  if (since !== undefined || quietUntil > at) return;
  await tell(topic, describeRefusedChannel({ channel, address, why: error.message, at }));
  await posts.noteRefused(channel, at);
}

/** That it takes messages again is told once as well; where the topic does not take it, the next message that the channel takes tells it. */
export async function noteRecovered(
  { posts, topic }: RefusalNeeds,
  { id: channel, address }: Channel,
  invocation: Invocation,
): Promise<void> {
  const { since } = await posts.refusal(channel);
  if (since === undefined) return;
  const isTold = await tell(topic, describeRecoveredChannel({ channel, address, since, at: toInstant(invocation.now) })).then(
    () => true,
    (error: unknown) => (invocation.log('not told', { channel, error: String(error) }), false),
  );
  // Noted before it is told, an end in between would leave the refusal open for good.
  if (isTold) await posts.noteRecovered(channel, plusMs(invocation.now, quietMs));
}
