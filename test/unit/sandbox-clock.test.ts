import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../sandbox/clock.ts';

const start = new Date('2026-01-05T10:00:00.000Z');
let realMs = 0;
let clock: Clock;
let faults: unknown[];

/** A turn of the event loop or two: the clock takes its steps there. */
async function turns(count = 5): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

function make(speed: number): void {
  clock = new Clock(
    start,
    speed,
    (error) => faults.push(error),
    () => realMs,
  );
}

function at(offsetMs: number, run: () => void): void {
  clock.agenda.at(new Date(start.getTime() + offsetMs), run);
}

const passedMs = (): number => clock.now().getTime() - start.getTime();

beforeEach(() => {
  realMs = 0;
  faults = [];
});
afterEach(() => clock.stop());

describe('The clock', () => {
  it('stands still at speed 0, and runs what is due at once', async () => {
    make(0);
    const seen: string[] = [];
    at(0, () => seen.push('now'));
    at(1, () => seen.push('later'));
    realMs = 60_000;
    await turns();
    expect([seen, passedMs()]).toEqual([['now'], 0]);
  });

  it('follows real time at its speed', () => {
    make(60);
    realMs = 1000;
    expect(passedMs()).toBe(60_000);
  });

  it('stands still while something is open, and forgets that time', async () => {
    make(1);
    const release = clock.hold();
    realMs = 5000;
    await turns();
    expect(passedMs()).toBe(0);
    release();
    realMs = 5100;
    expect(passedMs()).toBe(100);
  });

  it('never passes an entry before it ran', () => {
    make(1);
    at(1000, () => undefined);
    realMs = 5000;
    expect(passedMs()).toBe(1000);
  });

  it('jumps from entry to entry in order, what is added meanwhile included', async () => {
    make(0);
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, passedMs()]);
    at(2000, note('second'));
    at(1000, () => {
      note('first')();
      at(1500, note('added'));
    });
    at(10_001, note('too late'));
    await clock.advance(10_000);
    expect(seen).toEqual([
      ['first', 1000],
      ['added', 1500],
      ['second', 2000],
    ]);
    expect(passedMs()).toBe(10_000);
  });

  it('waits in a jump until what a step began is done', async () => {
    make(0);
    const seen: string[] = [];
    at(1000, () => {
      void clock.during(async () => {
        await turns(3);
        seen.push(`done at ${passedMs()}`);
      });
    });
    at(1001, () => seen.push('next'));
    await clock.advance(2000);
    expect(seen).toEqual(['done at 1000', 'next']);
  });

  it('lets time pass while something open waits for it', async () => {
    make(0);
    const woken = clock.during(() => clock.letPass(new Promise<number>((resolve) => at(20_000, () => resolve(passedMs())))));
    await clock.advance(30_000);
    expect(await woken).toBe(20_000);
  });

  it('does one jump after the other', async () => {
    make(0);
    const ends = [clock.advance(1000).then(passedMs), clock.advance(500).then(passedMs)];
    await Promise.all(ends);
    expect(passedMs()).toBe(1500);
  });

  it('waits for nothing at infinite speed', async () => {
    make(Infinity);
    const seen: number[] = [];
    at(3_600_000, () => seen.push(passedMs()));
    await turns();
    expect(seen).toEqual([3_600_000]);
  });

  it('goes on after an entry that throws, and tells', async () => {
    make(0);
    const seen: string[] = [];
    at(1, () => {
      throw new Error('broken');
    });
    at(2, () => seen.push('after'));
    await clock.advance(10);
    expect([seen, faults]).toEqual([['after'], [new Error('broken')]]);
  });

  it('tells the workers the same time', async () => {
    make(0);
    await clock.advance(90_000);
    expect(clock.shared[0]).toBe(start.getTime() + 90_000);
  });

  it('begins anew after a restart', async () => {
    make(0);
    const seen: string[] = [];
    at(60_000, () => seen.push('forgotten'));
    await clock.advance(1000);
    clock.restart();
    expect(passedMs()).toBe(0);
    await clock.advance(120_000);
    expect(seen).toEqual([]);
  });

  it('refuses to go backwards', async () => {
    make(0);
    await expect(clock.advance(-1)).rejects.toThrow('forward only');
    expect(() => (clock.speed = -1)).toThrow('0 or more');
  });
});
