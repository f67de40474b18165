import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

const main = new URL('../../sandbox/main.ts', import.meta.url).pathname;
const children: ChildProcess[] = [];

/** The sandbox's command, and what it printed by now. */
function command(...words: string[]): { child: ChildProcess; printed: () => string } {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  children.push(child);
  return { child, printed: () => text };
}

async function run(...words: string[]): Promise<{ status: number; text: string }> {
  const { child, printed } = command(...words);
  const [status] = (await once(child, 'close')) as [number];
  return { status, text: printed() };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

describe('The sandbox as a command', () => {
  it.each<[signal: NodeJS.Signals, status: number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('ends on %s with status %i, its port free again', async (signal, status) => {
    const port = await freePort();
    const { child, printed } = command('--empty', '--port', port);
    while (!printed().includes('Sandbox on')) await once(child.stdout ?? child, 'data');
    const endedAfter = performance.now();
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([status, null]);
    expect(performance.now() - endedAfter).toBeLessThan(2000);
    const server = createServer().listen(Number(port), '127.0.0.1');
    await once(server, 'listening');
    await new Promise((resolve) => server.close(resolve));
  });

  it('says what to do where its port is taken', async () => {
    const sandbox = await startSandbox();
    const port = new URL(sandbox.endpoint).port;
    const ended = await run('--empty', '--port', port);
    await sandbox.close();
    expect(ended).toEqual({ status: 1, text: `Port ${port} is taken: stop what uses it, or choose another with --port\n` });
  });

  it.each<[sentence: string, words: string[], text: RegExp]>([
    ['an option that there is not', ['--colour'], /--colour/],
    ['a speed that is none', ['--empty', '--speed', 'fast'], /--speed takes a number from 0 on; found fast/],
    ['an order that there is not', ['dance'], /found dance/],
    ['an order without a sandbox', ['clock', '+1h', '--port', '1'], /No sandbox answers on http:\/\/127\.0\.0\.1:1/],
  ])('refuses %s with status 1', async (_, words, text) => {
    expect(await run(...words)).toEqual({ status: 1, text: expect.stringMatching(text) });
  });
});

describe('A running sandbox', () => {
  let sandbox: Sandbox;
  let port: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00Z') });
    ({ port } = new URL(sandbox.endpoint));
  });
  afterAll(() => sandbox.close());

  it('obeys the command: tells the time, moves it on, changes its speed, begins anew', async () => {
    const told: string[] = [];
    for (const words of [['clock'], ['clock', '+10h'], ['clock', 'speed', '0'], ['reset']])
      told.push((await run(...words, '--port', port)).text);
    expect(told).toEqual([
      '2026-01-05T10:00:00.000Z, speed 0\n',
      '2026-01-05T20:00:00.000Z, speed 0\n',
      '2026-01-05T20:00:00.000Z, speed 0\n',
      '2026-01-05T10:00:00.000Z, speed 0\n',
    ]);
  });

  it('forgets everything on a reset', async () => {
    await sandbox.call('sqs', 'CreateQueue', { QueueName: 'forgotten' });
    await fetch(`${sandbox.endpoint}/_sandbox/reset`, { method: 'POST' });
    await expect(sandbox.call('sqs', 'GetQueueUrl', { QueueName: 'forgotten' })).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });

  it('has a page for people and the same for programs', async () => {
    const html = await (await fetch(`${sandbox.endpoint}/_sandbox/`, { headers: { accept: 'text/html' } })).text();
    expect(html).toContain('<li>sqs, ');
    expect(await (await fetch(`${sandbox.endpoint}/_sandbox/`)).json()).toMatchObject({ endpoint: sandbox.endpoint, stacks: [] });
  });

  const order = async (path: string, body: object): Promise<unknown> =>
    (await fetch(`${sandbox.endpoint}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  it.each<[sentence: string, path: string, body: object, error: RegExp]>([
    ['a clock order that there is not', 'clock', { jump: '1h' }, /takes advance or speed; found jump/],
    ['a clock order that there is not beside one that there is', 'clock', { advance: '1h', jump: '1h' }, /found jump/],
    ['a clock order that says nothing', 'clock', {}, /found neither/],
    ['a duration that is none', 'clock', { advance: 'soon' }, /90s, 10h or 1d12h; found soon/],
    ['a speed below nothing', 'clock', { speed: -1 }, /0 or more/],
    ['a fault that there is not', 'faults', { fault: 'earthquake' }, /spot-interruption.*found earthquake/],
    ['a page that there is not', 'nothing', {}, /There is no POST \/_sandbox\/nothing/],
  ])('refuses %s', async (_, path, body, error) => {
    expect(await order(path, body)).toEqual({ error: expect.stringMatching(error) });
  });

  it('adds its latency to each call', async () => {
    const slow = await startSandbox({ latencyMs: 40 });
    const took: number[] = [];
    slow.onCall(({ startedMs, endedMs }) => took.push(endedMs - startedMs));
    await fetch(slow.endpoint, { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.ListQueues' }, body: '{}' });
    await slow.close();
    expect(took).toEqual([expect.any(Number)]);
    expect(took[0]).toBeGreaterThanOrEqual(39);
  });
});
