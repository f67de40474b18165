import { PermanentError, RefusedError, TransientError } from '../errors.ts';
import { readAtMost } from './read-small.ts';

/** What was answered to a post. */
export interface PostAnswer {
  status: number;
  /** At most the first 256 KB: Slack repeats the whole message. */
  body: string;
  /** Seconds that the other side asks to be left alone. */
  retryAfterS?: number;
}

const answerMs = 5000;
const bodyBytesMost = 256 * 1024;

/** Posts JSON to an address that may itself be a secret: it stands in no error. Redirects are not followed, for they would carry the message elsewhere. */
export async function postJson(what: string, address: string, body: string, headers: Record<string, string> = {}): Promise<PostAnswer> {
  const url = addressOf(what, address);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'ecs-autopilot', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    });
    const retryAfterS = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      status: response.status,
      body: (await readAtMost(response.body, bodyBytesMost)).text,
      ...(Number.isFinite(retryAfterS) ? { retryAfterS } : {}),
    };
  } catch (error) {
    if (isMalformed(error)) throw new RefusedError(`${what}: the secret holds what no address or header may`, 'malformed');
    throw new TransientError(`${what} could not be reached: ${reasonOf(error)}`); // No cause: it may hold the address.
  }
}

/** Throws what an answer means that is no success: busy and broken may be tried again, everything else is a refusal. */
export function assertTaken(what: string, { status, body, retryAfterS }: PostAnswer): void {
  if (status >= 200 && status < 300) return;
  if (status === 429) throw new BusyError(`${what} asks to be left alone for ${retryAfterS ?? 30} s`, retryAfterS ?? 30);
  const text = `${what} answered ${status}${worded(body)}`;
  if (status >= 500 || status === 408 || status === 425) throw new TransientError(text);
  if (status === 400 || status === 413) throw new PermanentError(text); // It is the message that is not taken; the next may be.
  throw new RefusedError(text, String(status));
}

/** The other side asked for time. */
export class BusyError extends TransientError {
  override name = 'BusyError';
  readonly seconds: number;
  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}

/** Only an error's own short word: whatever else an answer holds may repeat what was sent. */
function worded(body: string): string {
  return /^[a-z][a-z_]{2,60}$/.test(body.trim()) ? `, ${body.trim()}` : '';
}

// Plain http is for this machine alone.
function addressOf(what: string, address: string): URL {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  const local = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === undefined || (url.protocol !== 'https:' && !local))
    throw new RefusedError(`${what}: the address is no https address`, 'address');
  return url;
}

// What fetch says before it sends anything has no cause, unlike what befalls it on the way.
function isMalformed(error: unknown): boolean {
  const { name, cause } = error as { name?: string; cause?: unknown };
  return name === 'TypeError' && cause === undefined;
}

// Not by instanceof: an error of a socket may come from another realm.
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return name === 'TimeoutError' ? `no answer within ${answerMs / 1000} s` : (cause?.code ?? name ?? 'unknown');
}
