import type { Answer, HttpRequest } from '../protocol/exchange.ts';
import type { OutsideMessage } from './outside-message.ts';
import { Slack } from './slack.ts';

/** How a host behaves until it is told otherwise: `{ "fault": "outside", "host": "hooks.slack.com", "answer": 503 }`; `"answer": 200` heals it. */
export interface OutsideOrder {
  host?: string;
  /** A status, or `hang`: no answer at all. */
  answer?: number | 'hang';
  /** How often; without it until it is healed. */
  times?: number;
  /** Seconds, told with a 429. */
  'retry-after'?: number;
}

const kept = 2000;

/** The world outside of AWS, as far as functions talk to it: the sandbox has no other. Slack answers like Slack, any other host takes what it is sent. */
export class Outside {
  readonly messages: OutsideMessage[] = [];
  readonly #orders = new Map<string, OutsideOrder & { left: number }>();
  readonly #slack: Slack;
  readonly #now: () => Date;
  readonly #unanswered: () => void;

  /** `unanswered`: told that a request will never be answered. */
  constructor(now: () => Date, unanswered: () => void = () => undefined) {
    this.#now = now;
    this.#unanswered = unanswered;
    this.#slack = new Slack(this.messages, now);
  }

  /** Answers a request that was meant for `https://HOST/PATH`. */
  async answer(host: string, request: HttpRequest): Promise<Answer> {
    const fault = this.#fault(host);
    if (fault === 'hang') return this.#hang();
    const answer = fault ?? this.#healthy(host, request);
    if (this.messages.length > kept) this.messages.splice(0, this.messages.length - kept);
    return answer;
  }

  /** Ended by the caller's own time-out, or with the server. */
  #hang(): Promise<never> {
    this.#unanswered();
    return new Promise(() => undefined);
  }

  /** Lets a host misbehave. */
  order({ host = '', answer = 503, times = Infinity, 'retry-after': seconds = 30 }: OutsideOrder): { done: string } {
    if (host === '') throw new Error('The fault outside takes a host, such as hooks.slack.com');
    if (answer !== 'hang' && (!Number.isInteger(answer) || answer < 200 || answer > 599))
      throw new Error(`The fault outside takes as answer a status from 200 to 599, or hang; found ${String(answer)}`);
    if (answer === 200) this.#orders.delete(host);
    else this.#orders.set(host, { answer, 'retry-after': seconds, left: times });
    return { done: `${host} answers ${answer}` };
  }

  #fault(host: string): Answer | 'hang' | undefined {
    const order = this.#orders.get(host);
    if (order === undefined) return undefined;
    order.left -= 1;
    if (order.left <= 0) this.#orders.delete(host);
    if (order.answer === 'hang') return 'hang';
    const { answer = 503 } = order;
    const headers: Record<string, string> = { 'content-type': 'text/plain' };
    if (answer === 429) headers['retry-after'] = String(order['retry-after']);
    return { status: answer, headers, body: wordsOf[answer] ?? 'error' };
  }

  #healthy(host: string, request: HttpRequest): Answer {
    if (request.method !== 'POST') return { status: 405, headers: {}, body: '' };
    if (host === 'hooks.slack.com') return this.#slack.webhook(request);
    if (host === 'slack.com') return this.#slack.api(request.path.replace(/^\/api\//, ''), request);
    return this.#take(host, request);
  }

  #take(host: string, request: HttpRequest): Answer {
    const body = JSON.parse(request.body.toString('utf8')) as Record<string, unknown>;
    const signed = Object.entries(request.headers).filter(([name]) => name.startsWith('x-autopilot-'));
    const kind = 'attachments' in body ? 'teams' : 'webhook';
    const headers = Object.fromEntries(signed.map(([name, value]) => [name, value ?? '']));
    this.messages.push({ kind, at: this.#now().toISOString(), place: `${host}${request.path}`, body, headers });
    return { status: 202, headers: { 'content-type': 'text/plain' }, body: '' };
  }
}

const wordsOf: Readonly<Record<number, string>> = {
  403: 'action_prohibited',
  404: 'no_service',
  410: 'channel_is_archived',
  429: 'rate_limited',
  500: 'rollup_error',
  503: 'service_unavailable',
};
