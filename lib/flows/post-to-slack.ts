import { noteRecovered, noteRefused } from './note-refusal.ts';
import { keptMs, keyOf, keysMost, leastMs, postOnce, subjectOf, take, type Outcome, type PostNeeds } from './post-once.ts';
import { foldMessages, oneByOneMost } from '../decide/fold-messages.ts';
import { takes, type Channel } from '../domain/channel.ts';
import { plusMs } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import type { ToldMessage } from '../domain/told-message.ts';
import { PermanentError, RefusedError } from '../errors.ts';
import { describeForeign } from '../notifications/describe-foreign.ts';
import { describeSeveral } from '../notifications/describe-several.ts';
import { renderFor } from '../notifications/render-for.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface PostToSlackNeeds extends PostNeeds {
  channels: Channel[];
}

interface Told {
  id: string;
  /** How often it was handed over, this time included. */
  attempt: number;
  notification: Notification;
}

/** Posts what the topic was told to each channel that takes it. Answers which messages of the queue are to come again; no channel holds up another. */
export async function postToSlack(messages: ToldMessage[], needs: PostToSlackNeeds, invocation: Invocation): Promise<string[]> {
  const told = messages.map(({ id, attempt = 1, ...one }): Told => ({
    id,
    attempt,
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
/** A message that a channel takes in no form, handed over so often, is told of: it may be none of the message's fault. */
const toldAtAttempt = 3;

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
    if (isTold(error, part))
      await noteRefused(needs, channel, error, invocation).catch(
        (fault: unknown) => invocation.log('not told', { channel: channel.id, error: String(fault) }), // It is told by the next that is refused.
      );
    // A message that is refused for what it says holds up no other; a channel that is away holds up itself alone.
    return error instanceof PermanentError && !(error instanceof RefusedError) ? 'again' : 'failed';
  }
}

function isTold(error: unknown, part: Told[]): error is PermanentError {
  return error instanceof RefusedError || (error instanceof PermanentError && part.some(({ attempt }) => attempt >= toldAtAttempt));
}

/** Many as one, each on record: where another channel is away they come again in other company, and what was told here is told no more. */
async function postSeveral(needs: PostToSlackNeeds, channel: Channel, several: Notification[], invocation: Invocation): Promise<Outcome> {
  const { posters, posts } = needs;
  const subjects = [...Map.groupBy(several, subjectOf)];
  const all = await Promise.all(
    subjects.map(async ([subject, notifications]) => ({ subject, notifications, posted: await take(needs, channel, subject, invocation) })),
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
    mine.map(({ subject, notifications, posted: { keys } }) => {
      const known = [...new Set([...keys, ...notifications.map(keyOf)])].slice(-keysMost);
      return posts.write(channel.id, subject, { keys: known }, plusMs(invocation.now, keptMs));
    }),
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
