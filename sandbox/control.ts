import type { Clock } from './clock.ts';
import { parseDuration } from './duration.ts';
import type { Outside } from './outside/outside.ts';
import { messagesPage, type MailMessage } from './outside/messages-page.ts';
import { page, type PageFacts } from './page.ts';
import type { Answer, HttpRequest } from './protocol/exchange.ts';

export interface ControlOptions {
  clock: Clock;
  reset: () => Promise<void>;
  /** Makes a fault of the ECS model happen; answers what came of it. */
  fault: (order: unknown) => unknown;
  facts: () => PageFacts;
  /** The bytes of a layer of an image. */
  layer: (repository: string, digest: string) => Uint8Array | undefined;
  /** The hosts outside of AWS. */
  outside: () => Outside;
  /** What the topics were told, as their mail shows it. */
  mails: () => MailMessage[];
}

/** The sandbox's own calls under /_sandbox/: the clock, faults, a new start, and a page that tells what is here. */
export async function control(request: HttpRequest, options: ControlOptions): Promise<Answer> {
  try {
    return await route(`${request.method} ${request.path.replace(/\/$/, '')}`, request, options);
  } catch (error) {
    return json({ error: error instanceof Error ? error.message : String(error) }, 400);
  }
}

async function route(asked: string, request: HttpRequest, options: ControlOptions): Promise<Answer> {
  const { clock, reset, fault, facts } = options;
  switch (asked) {
    case 'GET /_sandbox':
      return wantsHtml(request)
        ? { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page(facts()) }
        : json(facts());
    case 'GET /_sandbox/messages':
      return messages(request, options);
    case 'GET /_sandbox/clock':
      return json(told(clock));
    case 'POST /_sandbox/clock':
      await set(clock, parse(request.body));
      return json(told(clock));
    case 'POST /_sandbox/reset':
      await reset();
      return json(told(clock));
    case 'POST /_sandbox/faults':
      return json((await fault(parse(request.body))) ?? { done: true });
    default:
      if (asked.startsWith('GET /_sandbox/layers/')) return download(request, options);
      if (request.path.startsWith(outsidePath)) return fromOutside(request, options);
      return json({ error: `There is no ${asked}` }, 404);
  }
}

const outsidePath = '/_sandbox/outside/';

/** What a function sends to a host outside of AWS arrives here, with the host as the first part of the path. */
function fromOutside(request: HttpRequest, { outside }: ControlOptions): Promise<Answer> {
  const [host = '', ...path] = request.path.slice(outsidePath.length).split('/');
  return outside().answer(host, { ...request, path: `/${path.join('/')}` });
}

function messages(request: HttpRequest, { outside, mails }: ControlOptions): Answer {
  const heard = { posts: outside().messages, mails: mails() };
  if (!wantsHtml(request)) return json(heard);
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: messagesPage(heard) };
}

function download({ path }: HttpRequest, { layer }: ControlOptions): Answer {
  const [, repository = '', digest = ''] = /^\/_sandbox\/layers\/(.+)\/(sha256:[0-9a-f]+)$/.exec(path) ?? [];
  const body = layer(repository, digest);
  return body
    ? { status: 200, headers: { 'content-type': 'application/octet-stream' }, body }
    : json({ error: `There is no layer ${path}` }, 404);
}

async function set(clock: Clock, order: Record<string, unknown>): Promise<void> {
  const { advance, speed, ...unknown } = order;
  const [surplus] = Object.keys(unknown);
  if (surplus !== undefined || (advance === undefined && speed === undefined))
    throw new Error(`The clock takes advance or speed; found ${surplus ?? 'neither'}`);
  if (speed !== undefined) clock.speed = speed === 'Infinity' ? Infinity : Number(speed);
  if (advance !== undefined)
    await clock.advance(typeof advance === 'number' ? advance : parseDuration(JSON.stringify(advance).replaceAll('"', '')));
}

function told(clock: Clock): { now: string; speed: number | 'Infinity' } {
  return { now: clock.now().toISOString(), speed: clock.speed === Infinity ? 'Infinity' : clock.speed };
}

function parse(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  const value: unknown = JSON.parse(body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('The body is to be a JSON object');
  return value as Record<string, unknown>;
}

function wantsHtml({ headers }: HttpRequest): boolean {
  return headers['accept']?.includes('text/html') ?? false;
}

function json(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value, undefined, 2)}\n` };
}
