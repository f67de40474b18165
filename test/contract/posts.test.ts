import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Posted } from '../../lib/ports/chat.ts';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

const now = '2026-11-23T12:00:00.000Z';
const until = '2026-11-23T12:00:40.000Z';
const keptUntil = '2026-12-23T12:00:00.000Z';
const thread = { message: '1763892605.000001', place: 'C0123456789', shownAt: now };

describe.each(tableImplementations)('Posts on %s', (_, open) => {
  let ports: TablePorts;
  beforeAll(async () => {
    ports = await open();
  });
  afterAll(() => ports.close());
  const take = (subject: string, by = 'first', at = now): Promise<Posted | undefined> => ports.posts.take('bot', subject, by, at, until);

  it('know nothing of what was never posted', async () => {
    expect(await take('new')).toEqual({ keys: [] });
  });

  it.each<[name: string, by: string, at: string, free: boolean]>([
    ['is taken by no second', 'second', now, false],
    ['is not free a millisecond before its end', 'second', '2026-11-23T12:00:39.999Z', false],
    ['is free at its end', 'second', until, true],
    ['is taken again by the same, who lost an answer', 'first', now, true],
  ])('a subject that is taken %s', async (name, by, at, free) => {
    await take(name);
    expect((await take(name, by, at)) !== undefined).toBe(free);
  });

  it('keep what was posted and its thread, and give the subject free', async () => {
    await take('kept');
    await ports.posts.write('bot', 'kept', { keys: ['a'], thread }, keptUntil);
    expect(await take('kept', 'second')).toEqual({ keys: ['a'], thread });
    await ports.posts.release('bot', 'kept');
    expect(await take('kept', 'third')).toEqual({ keys: ['a'], thread });
  });

  it('keep the thread where a later message has none of its own', async () => {
    await take('threaded');
    await ports.posts.write('bot', 'threaded', { keys: ['a'], thread }, keptUntil);
    await ports.posts.write('bot', 'threaded', { keys: ['a', 'b'] }, keptUntil);
    expect(await take('threaded')).toEqual({ keys: ['a', 'b'], thread });
  });

  it('keep no thread that is ended', async () => {
    await take('ended');
    await ports.posts.write('bot', 'ended', { keys: ['a'], thread }, keptUntil);
    await ports.posts.write('bot', 'ended', { keys: ['a', 'b'], thread: null }, keptUntil);
    expect(await take('ended')).toEqual({ keys: ['a', 'b'] });
  });

  it('tell channels apart', async () => {
    await take('shared');
    expect(await ports.posts.take('teams', 'shared', 'second', now, until)).toEqual({ keys: [] });
  });

  it('note once that a channel refuses, and once that it takes messages again', async () => {
    expect(await ports.posts.refusal('bot')).toEqual({});
    expect([await ports.posts.noteRefused('bot', now), await ports.posts.noteRefused('bot', until)]).toEqual([true, false]);
    expect(await ports.posts.refusal('bot')).toEqual({ since: now });
    expect([await ports.posts.noteRecovered('bot', until), await ports.posts.noteRecovered('bot', keptUntil)]).toEqual([true, false]);
    expect(await ports.posts.refusal('bot')).toEqual({ quietUntil: until });
    expect(await ports.posts.noteRefused('bot', until)).toBe(true);
    expect(await ports.posts.refusal('bot')).toEqual({ since: until, quietUntil: until });
  });
});
