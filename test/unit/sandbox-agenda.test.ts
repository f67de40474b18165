import { describe, expect, it } from '@jest/globals';
import { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { seedNumber } from '../../sandbox/ids.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 5, 10, 0, second));

describe('An agenda', () => {
  it('runs in the order of time, and of entry where times are equal', () => {
    const agenda = new SteppedAgenda(at(0));
    const ran: string[] = [];
    for (const [second, name] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [3, 'b'],
    ] as const)
      agenda.at(at(second), () => ran.push(name));
    agenda.runUntil(at(5));
    expect(ran).toEqual(['a', 'b', 'c', 'd']);
  });

  it('does not run what was called off, and does not stop at its time', () => {
    const agenda = new SteppedAgenda(at(0));
    const ran: string[] = [];
    agenda.at(at(1), () => ran.push('called off'))();
    agenda.at(at(2), () => ran.push('kept'));
    expect(agenda.next()).toEqual(at(2));
    agenda.runUntil(at(3));
    expect(ran).toEqual(['kept']);
  });

  it('takes a late calling off, and goes on', () => {
    const agenda = new SteppedAgenda(at(0));
    const ran: string[] = [];
    const cancel = agenda.at(at(1), () => ran.push('first'));
    agenda.runUntil(at(1));
    cancel();
    agenda.at(at(2), () => ran.push('second'));
    agenda.runUntil(at(2));
    expect([ran, agenda.next()]).toEqual([['first', 'second'], undefined]);
  });
});

describe('The seed of chance', () => {
  it('is the same number for the same text, and another for another', () => {
    expect(seedNumber('a')).toBe(0xca978112); // The first four bytes of its SHA-256.
    expect(seedNumber('a')).not.toBe(seedNumber('b'));
    expect(Number.isInteger(seedNumber('a'))).toBe(true);
  });
});
