import type { SecretName } from '../domain/channel.ts';
import { PermanentError, RefusedError, TransientError } from '../errors.ts';
import type { Poster, RenderedMessage, Thread } from '../ports/chat.ts';
import type { Secrets } from '../ports/secrets.ts';
import { assertTaken, BusyError, postJson } from './post-json.ts';
import { withSecret } from './with-secret.ts';

const api = 'https://slack.com/api/';

/** What Slack answers to every call: success and failure alike with status 200. */
interface SlackAnswer {
  ok?: boolean;
  error?: string;
  ts?: string;
  channel?: string;
}

/** Slack by a bot's token: one thread a deployment, whose first message always shows how it stands. */
export function slackBot(secrets: Secrets, { token: name, channel }: { token: SecretName; channel: string }): Poster {
  return {
    post: (message, thread) =>
      withSecret(secrets, name, async (token) => {
        if (thread === undefined) return await first(token, channel, message);
        const inThread = await answered(token, message, thread);
        return inThread ? await shown(token, message, thread) : await first(token, channel, message);
      }),
  };
}

async function first(token: string, channel: string, message: RenderedMessage): Promise<Thread | undefined> {
  const { ts, channel: place = channel } = await call(token, 'chat.postMessage', message, { channel });
  return ts === undefined ? undefined : { message: ts, place, shownAt: message.at };
}

// A thread that is gone or locked says nothing of the channel: the message begins another.
async function answered(token: string, message: RenderedMessage, thread: Thread): Promise<boolean> {
  try {
    await call(token, 'chat.postMessage', message, { channel: thread.place, thread_ts: thread.message });
    return true;
  } catch (error) {
    if (error instanceof RefusedError && threadErrors.has(error.code)) return false;
    throw error;
  }
}

// A late message goes into the thread and leaves the first one as it is. That it could not be updated loses no message.
async function shown(token: string, message: RenderedMessage, thread: Thread): Promise<Thread> {
  if (message.at < thread.shownAt) return thread;
  try {
    await call(token, 'chat.update', message, { channel: thread.place, ts: thread.message });
    return { ...thread, shownAt: message.at };
  } catch (error) {
    if (error instanceof RefusedError || error instanceof TransientError || error instanceof PermanentError) return thread;
    throw error;
  }
}

async function call(token: string, method: string, { full, plain }: RenderedMessage, to: Record<string, string>): Promise<SlackAnswer> {
  const answer = await send(token, method, { ...full, ...to });
  return malformedErrors.has(answer.error ?? '') ? taken(method, await send(token, method, { ...plain, ...to })) : taken(method, answer);
}

async function send(token: string, method: string, body: object): Promise<SlackAnswer> {
  const answer = await postJson(`Slack's ${method}`, `${api}${method}`, JSON.stringify({ unfurl_links: false, ...body }), {
    authorization: `Bearer ${token}`,
  });
  assertTaken(`Slack's ${method}`, answer);
  try {
    return JSON.parse(answer.body) as SlackAnswer;
  } catch {
    throw new TransientError(`Slack's ${method} answered what is no JSON`);
  }
}

function taken(method: string, answer: SlackAnswer): SlackAnswer {
  const { ok, error = 'no error told' } = answer;
  if (ok === true) return answer;
  const text = `Slack's ${method} answered ${/^[a-z_]{1,60}$/.test(error) ? error : 'an error'}`;
  if (busyErrors.has(error)) throw new BusyError(text, 30);
  if (passingErrors.has(error)) throw new TransientError(text);
  if (malformedErrors.has(error)) throw new PermanentError(text);
  throw new RefusedError(text, error);
}

/** The first of the platform, the others of chat.postMessage itself. */
const busyErrors = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const passingErrors = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'org_login_required',
  'external_channel_migrating',
]);
/** It is this thread that takes nothing. */
const threadErrors = new Set(['thread_not_found', 'cannot_reply_to_message', 'message_not_found', 'restricted_action_thread_locked']);
/** It is this message that is not taken. */
const malformedErrors = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
  'invalid_arguments',
]);
