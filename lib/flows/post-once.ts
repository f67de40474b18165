import { noteRecovered, type RefusalNeeds } from './note-refusal.ts';
import type { Channel } from '../domain/channel.ts';
import { plusMs, toInstant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import { renderFor } from '../notifications/render-for.ts';
import type { Posted, Posters } from '../ports/chat.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Metrics } from '../ports/metrics.ts';

export interface PostNeeds extends RefusalNeeds {
  posters: Posters;
  metrics: Metrics;
}

/** What became of a post; `again`: somebody else is posting of the same, or the message alone was refused. */
export type Outcome = 'posted' | 'again' | 'failed';

/** What is posted is known for this long, so that a late repeat is none and a deployment keeps its thread. */
export const keptMs = 30 * 86_400_000;
/** So many posts of one subject are known: some have no end, such as a service's nights. */
export const keysMost = 100;
/** A post that broke off keeps others from its subject until the function has ended for sure, and this much longer. */
const beyondMs = 10_000;
/** What it takes to post once more: up to three requests of five seconds, and a record, which is not begun in the last ten. A post without its record comes twice. */
export const leastMs = 25_000;

/** Posts a message where it belongs, and in each thread that it closes: there it is the last word, and the first message shows it. */
export async function postOnce(needs: PostNeeds, channel: Channel, notification: Notification, invocation: Invocation): Promise<Outcome> {
  const own = subjectOf(notification);
  const closed = (notification.closes?.threads ?? []).filter((thread) => thread !== own);
  const outcome = await postIn(needs, channel, notification, { subject: own, always: true }, invocation);
  if (outcome !== 'posted' || channel.address.kind !== 'slack-bot') return outcome;
  for (const subject of closed) {
    if (invocation.remainingMs() < leastMs) return 'failed';
    const last = await postIn(needs, channel, notification, { subject, always: false }, invocation);
    if (last !== 'posted') return last;
  }
  return 'posted';
}

/** `always`: also where nothing was posted before; a thread that was never begun needs no end. */
async function postIn(
  needs: PostNeeds,
  channel: Channel,
  notification: Notification,
  { subject, always }: { subject: string; always: boolean },
  invocation: Invocation,
): Promise<Outcome> {
  const { posts, metrics } = needs;
  const key = keyOf(notification);
  const posted = await take(needs, channel, subject, invocation);
  if (posted === undefined) return 'again';
  if (posted.keys.includes(key) || !(always || posted.thread !== undefined)) {
    await posts.release(channel.id, subject);
    return 'posted';
  }
  const thread = await postOrRelease(needs, channel, subject, notification, posted);
  const ends = notification.closes !== undefined && notification.thread === subject; // What comes next of it begins anew.
  const keys = [...posted.keys, key].slice(-keysMost);
  await posts.write(channel.id, subject, { keys, ...(ends ? { thread: null } : thread && { thread }) }, plusMs(invocation.now, keptMs));
  metrics.put('AlertsSent', 1);
  await noteRecovered(needs, channel, invocation);
  return 'posted';
}

async function postOrRelease(
  { posters, posts }: PostNeeds,
  channel: Channel,
  subject: string,
  notification: Notification,
  { thread }: Posted,
): Promise<Posted['thread']> {
  try {
    return await posters(channel).post(renderFor(channel.address, notification), thread);
  } catch (error) {
    await posts.release(channel.id, subject).catch(() => undefined); // Else it is free by itself soon after the function ended.
    throw error;
  }
}

/** What a message is posted under: its thread, its deployment, or itself. */
export function subjectOf({ thread, deployment, id }: Notification): string {
  return thread ?? deployment ?? id;
}

/** What a post is known by. */
export function keyOf({ id, code }: Notification): string {
  return `${id} ${code}`;
}

/** Takes a subject in a channel for as long as this invocation can last. */
export function take(
  { posts }: Pick<PostNeeds, 'posts'>,
  channel: Channel,
  subject: string,
  { id, now, timeoutMs }: Invocation,
): Promise<Posted | undefined> {
  return posts.take(channel.id, subject, id, toInstant(now), plusMs(now, timeoutMs + beyondMs));
}
