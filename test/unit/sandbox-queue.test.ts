import { beforeEach, describe, expect, it } from '@jest/globals';
import { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { Queue, type QueuedMessage } from '../../sandbox/model/queue.ts';

const start = new Date('2026-01-05T10:00:00.000Z');
let agenda: SteppedAgenda;
let queue: Queue;

const after = (ms: number): void => agenda.runUntil(new Date(start.getTime() + ms));
const send = (id: string): void => queue.send({ id, body: `body of ${id}`, messageAttributes: {} });
const receive = (count = 10): string[] => queue.receive(count).map(({ id }) => id);

beforeEach(() => {
  agenda = new SteppedAgenda(start);
  queue = new Queue(agenda, { visibilityTimeoutMs: 30_000, retentionMs: 86_400_000, delayMs: 0 });
});

describe('A queue', () => {
  it('gives what was sent first first, and no more than was asked for', () => {
    ['a', 'b', 'c'].forEach(send);
    expect([receive(2), receive(2), receive(2)]).toEqual([['a', 'b'], ['c'], []]);
  });

  it('hides what was received until its time is over', () => {
    send('a');
    receive();
    after(29_999);
    expect(receive()).toEqual([]);
    after(30_000);
    expect(receive()).toEqual(['a']);
  });

  it('counts receipts and keeps when the first was', () => {
    send('a');
    after(1000);
    receive();
    after(60_000);
    expect(queue.receive(1)).toMatchObject([{ receiveCount: 2, sentAt: start, firstReceivedAt: new Date(start.getTime() + 1000) }]);
  });

  it('deletes by the last receipt only', () => {
    send('a');
    const [first] = queue.receive(1);
    after(30_000);
    const [second] = queue.receive(1);
    queue.delete(first?.receiptHandle ?? '');
    expect(queue.counts()).toEqual({ visible: 0, hidden: 1, delayed: 0 });
    queue.delete(second?.receiptHandle ?? '');
    expect(queue.counts()).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  });

  it('shows a message at once whose visibility was set to nothing', () => {
    send('a');
    const [received] = queue.receive(1);
    expect(queue.changeVisibility(received?.receiptHandle ?? '', 0)).toBe(true);
    expect(receive()).toEqual(['a']);
    expect(queue.changeVisibility('unknown', 0)).toBe(false);
  });

  it('holds a delayed message back', () => {
    queue.send({ id: 'a', body: 'a', messageAttributes: {} }, 5000);
    expect(queue.counts()).toEqual({ visible: 0, hidden: 0, delayed: 1 });
    after(4999);
    expect(receive()).toEqual([]);
    after(5000);
    expect(receive()).toEqual(['a']);
  });

  it('forgets what is older than it keeps', () => {
    send('a');
    after(86_399_999);
    expect(queue.peek()).toHaveLength(1);
    after(86_400_000);
    expect(queue.peek()).toHaveLength(0);
  });

  it('tells when something is to be had: sent, or back', () => {
    const told: number[] = [];
    queue.onVisible(() => told.push(agenda.now().getTime() - start.getTime()));
    send('a');
    receive();
    after(60_000);
    expect(told).toEqual([0, 30_000]);
  });

  it('sends a message away that was received as often as it may be', () => {
    const dead: QueuedMessage[] = [];
    queue.settings = { ...queue.settings, redrive: { receiveCountMax: 2, send: (message) => dead.push(message) } };
    send('a');
    receive();
    after(30_000);
    expect([receive(), dead]).toEqual([['a'], []]);
    after(60_000);
    expect([receive(), dead]).toMatchObject([[], [{ id: 'a', receiveCount: 2 }]]);
    expect(queue.peek()).toEqual([]);
  });
});
