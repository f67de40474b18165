import type { Answer, HttpRequest } from '../protocol/exchange.ts';
import type { OutsideMessage } from './outside-message.ts';
import { slackFault } from './slack-rules.ts';

type Json = Record<string, unknown>;

/** Slack as it answers: incoming webhooks in plain words, the web API in JSON with status 200 whatever came of it. */
export class Slack {
  readonly #messages: OutsideMessage[];
  readonly #now: () => Date;
  #count = 0;

  constructor(messages: OutsideMessage[], now: () => Date) {
    this.#messages = messages;
    this.#now = now;
  }

  /** `POST https://hooks.slack.com/services/…`. */
  webhook(request: HttpRequest): Answer {
    const body = jsonOf(request.body);
    if (body === undefined) return plain(400, 'invalid_payload');
    const fault = slackFault(body);
    if (fault !== undefined) return plain(400, fault);
    this.#keep(request.path, body);
    return plain(200, 'ok');
  }

  /** `POST https://slack.com/api/METHOD`. */
  api(method: string, request: HttpRequest): Answer {
    const body = jsonOf(request.body);
    if (!/^Bearer xoxb-\S+$/.test(request.headers['authorization'] ?? '')) return refused('invalid_auth');
    if (body === undefined) return refused('invalid_arguments');
    const channel = typeof body['channel'] === 'string' ? body['channel'] : '';
    if (channel === '') return refused('channel_not_found');
    const fault = slackFault(body);
    if (fault !== undefined) return refused(fault);
    if (method === 'chat.postMessage') return this.#post(channel, body);
    return method === 'chat.update' ? this.#update(channel, body) : refused('unknown_method');
  }

  #post(channel: string, body: Json): Answer {
    const thread = body['thread_ts'];
    const { ts } = this.#keep(channel, body, typeof thread === 'string' ? thread : undefined);
    return json({ ok: true, channel, ts });
  }

  #update(channel: string, body: Json): Answer {
    const message = this.#messages.find(({ place, ts }) => place === channel && ts === body['ts']);
    if (message === undefined) return refused('message_not_found');
    message.body = body;
    message.updatedAt = this.#now().toISOString();
    return json({ ok: true, channel, ts: message.ts });
  }

  #keep(place: string, body: Json, thread?: string): OutsideMessage {
    this.#count += 1;
    const at = this.#now();
    const ts = `${Math.floor(at.getTime() / 1000)}.${String(this.#count).padStart(6, '0')}`;
    const message: OutsideMessage = { kind: 'slack', at: at.toISOString(), place, body, ts, ...(thread === undefined ? {} : { thread }) };
    this.#messages.push(message);
    return message;
  }
}

function jsonOf(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function plain(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function json(value: Json): Answer {
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

function refused(error: string): Answer {
  return json({ ok: false, error });
}
