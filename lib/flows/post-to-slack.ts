import { tell } from './tell.ts';
import { foldMessages, oneByOneMost } from '../decide/fold-messages.ts';
import { takes, type Channel } from '../domain/channel.ts';
import { plusMs, toInstant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import type { ToldMessage } from '../domain/told-message.ts';
import { PermanentError, RefusedError } from '../errors.ts';
import { describeRecoveredChannel, describeRefusedChannel } from '../notifications/describe-channel.ts';
import { describeForeign } from '../notifications/describe-foreign.ts';
import { describeSeveral } from '../notifications/describe-several.ts';
import { renderFor } from '../notifications/render-for.ts';
import type { Posted, Poster, Posters, Posts, RenderedMessage } from '../ports/chat.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Topic } from '../ports/topic.ts';

export interface PostToSlackNeeds {
  channels: Channel[];
  posters: Posters;
  posts: Posts;
  topic: Topic;
  metrics: Metrics;
}

/** What is posted is known for this long, so that a late repeat is none and a deployment keeps its thread. */
const keptMs = 30 * 86_400_000;
/** A post that broke off keeps others from its subject until the function has ended for sure, and this much longer. */
const beyondMs = 10_000;
/** What it takes to post once more: up to three requests of five seconds, and a record, which is not begun in the last ten. A post without its record comes twice. */
const leastMs = 25_000;

/** How long after it took messages again a channel's refusal is not told anew: it is one message, then, that it does not take. */
const quietMs = 3_600_000;

interface Told {
  id: string;
  notification: Notification;
}

/** Posts what the topic was told to each channel that takes it. Answers which messages of the queue are to come again; no channel holds up another. */
export async function postToSlack(messages: ToldMessage[], needs: PostToSlackNeeds, invocation: Invocation): Promise<string[]> {
  const told = messages.map((one): Told => ({
    id: one.id,
    notification: 'foreign' in one ? describeForeign(one.foreign) : one.notification,
  }));
  const left = await Promise.all(needs.channels.map((channel) => postAll(needs, channel, told, invocation)));
  const again = new Set(left.flat());
  invocation.log('posted', { messages: messages.length, again: again.size });
  return messages.map(({ id }) => id).filter((id) => again.has(id));
}

/** One channel, one message after the other: what two in a row befell is the channel's fault, and it is asked no more in this invocation. */
async function postAll(needs: PostToSlackNeeds, channel: Channel, told: Told[], invocation: Invocation): Promise<string[]> {
  const parts = foldMessages(told.filter(({ notification }) => takes(channel, notification)));
  const left: string[] = [];
  let failures = 0;
  for (const part of parts) {
    const outcome: Outcome =
      failures === failuresMost || invocation.remainingMs() < leastMs ? 'failed' : await postPart(needs, channel, part, invocation);
    if (outcome !== 'posted') left.push(...part.map(({ id }) => id));
    if (failures < failuresMost) failures = outcome === 'failed' ? failures + 1 : 0;
  }
  return left;
}

/** One may be the fault of what is said, such as a word that a firewall takes for an attack: what came with it must not wait, nor end, with it. */
const failuresMost = 2;

type Outcome = 'posted' | 'again' | 'failed';

async function postPart(needs: PostToSlackNeeds, channel: Channel, part: Told[], invocation: Invocation): Promise<Outcome> {
  const notifications = part.map(({ notification }) => notification);
  const [first] = notifications;
  if (first === undefined) return 'posted';
  try {
    if (notifications.length > 1) return await postSeveral(needs, channel, notifications, invocation);
    return await postOnce(needs, channel, first, invocation);
  } catch (error) {
    needs.metrics.put('AlertsFailed', 1);
    invocation.log('not posted', { channel: channel.id, notification: first.id, error: String(error) });
    if (error instanceof RefusedError)
      await noteRefused(needs, channel, error, invocation).catch(
        (fault: unknown) => invocation.log('not told', { channel: channel.id, error: String(fault) }), // It is told by the next that is refused.
      );
    // A message that is refused for what it says holds up no other; a channel that is away holds up itself alone.
    return error instanceof PermanentError && !(error instanceof RefusedError) ? 'again' : 'failed';
  }
}

/** Many as one, each on record: where another channel is away they come again in other company, and what was told here is told no more. */
async function postSeveral(needs: PostToSlackNeeds, channel: Channel, several: Notification[], invocation: Invocation): Promise<Outcome> {
  const { posters, posts } = needs;
  const subjects = [...Map.groupBy(several, subjectOf)];
  const all = await Promise.all(
    subjects.map(async ([subject, notifications]) => ({ subject, notifications, posted: await take(posts, channel, subject, invocation) })),
  );
  const mine = all.flatMap(({ posted, ...one }) => (posted === undefined ? [] : [{ ...one, posted }]));
  const untold = mine.flatMap(({ notifications, posted: { keys } }) => notifications.filter((one) => !keys.includes(keyOf(one))));
  const fresh = [...new Map(untold.map((one) => [keyOf(one), one])).values()];
  const released = () => Promise.all(mine.map(({ subject }) => posts.release(channel.id, subject)));
  if (mine.length < all.length || fresh.length <= oneByOneMost) {
    await released();
    return mine.length < all.length ? 'again' : await postEach(needs, channel, fresh, invocation);
  }
  try {
    await posters(channel).post(renderFor(channel.address, describeSeveral(fresh)), undefined);
  } catch (error) {
    await released().catch(() => undefined);
    throw error;
  }
  await Promise.all(
    mine.map(({ subject, notifications, posted: { keys } }) =>
      posts.write(channel.id, subject, { keys: [...new Set([...keys, ...notifications.map(keyOf)])] }, plusMs(invocation.now, keptMs)),
    ),
  );
  needs.metrics.put('AlertsSent', fresh.length);
  await noteRecovered(needs, channel, invocation);
  return 'posted';
}

async function postEach(needs: PostToSlackNeeds, channel: Channel, few: Notification[], invocation: Invocation): Promise<Outcome> {
  for (const one of few) {
    const outcome = invocation.remainingMs() < leastMs ? 'failed' : await postOnce(needs, channel, one, invocation);
    if (outcome !== 'posted') return outcome;
  }
  return 'posted';
}

function subjectOf({ deployment, id }: Notification): string {
  return deployment ?? id;
}

function keyOf({ id, code }: Notification): string {
  return `${id} ${code}`;
}

async function take(posts: Posts, channel: Channel, subject: string, { id, now, timeoutMs }: Invocation): Promise<Posted | undefined> {
  return posts.take(channel.id, subject, id, toInstant(now), plusMs(now, timeoutMs + beyondMs));
}

async function postOnce(
  { posters, posts, topic, metrics }: PostToSlackNeeds,
  channel: Channel,
  notification: Notification,
  invocation: Invocation,
): Promise<Outcome> {
  const [subject, key] = [subjectOf(notification), keyOf(notification)];
  const posted = await take(posts, channel, subject, invocation);
  if (posted === undefined) return 'again';
  if (posted.keys.includes(key)) {
    await posts.release(channel.id, subject);
    return 'posted';
  }
  const thread = await postOrRelease(posters(channel), posts, channel, subject, renderFor(channel.address, notification), posted);
  await posts.write(channel.id, subject, { keys: [...posted.keys, key], ...(thread && { thread }) }, plusMs(invocation.now, keptMs));
  metrics.put('AlertsSent', 1);
  await noteRecovered({ posts, topic }, channel, invocation);
  return 'posted';
}

async function postOrRelease(
  poster: Poster,
  posts: Posts,
  channel: Channel,
  subject: string,
  rendered: RenderedMessage,
  { thread }: Posted,
): Promise<Posted['thread']> {
  try {
    return await poster.post(rendered, thread);
  } catch (error) {
    await posts.release(channel.id, subject).catch(() => undefined); // Else it is free by itself soon after the function ended.
    throw error;
  }
}

/** Told once, until the channel takes messages again. What tells of it reaches the other channels, and the mail. */
async function noteRefused(
  { posts, topic }: PostToSlackNeeds,
  { id: channel, address }: Channel,
  error: RefusedError,
  invocation: Invocation,
): Promise<void> {
  const at = toInstant(invocation.now);
  const { since, quietUntil = at } = await posts.refusal(channel);
  if (since !== undefined || quietUntil > at) return;
  await tell(topic, describeRefusedChannel({ channel, address, why: error.message, at }));
  await posts.noteRefused(channel, at);
}

async function noteRecovered(
  { posts, topic }: Pick<PostToSlackNeeds, 'posts' | 'topic'>,
  { id: channel, address }: Channel,
  invocation: Invocation,
): Promise<void> {
  const { since } = await posts.refusal(channel);
  if (since === undefined || !(await posts.noteRecovered(channel, plusMs(invocation.now, quietMs)))) return;
  await tell(topic, describeRecoveredChannel({ channel, address, since, at: toInstant(invocation.now) })).catch((error: unknown) =>
    invocation.log('not told', { channel, error: String(error) }),
  );
}
