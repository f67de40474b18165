import { describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, repository } from '../fakes/flow-world.ts';
import { aConfiguration, aGlobPolicy } from '../fakes/policies.ts';

async function world(): Promise<FlowWorld> {
  const made = new FlowWorld(aConfiguration([aGlobPolicy()]));
  await made.verifiedBaseline('a', 'main-1');
  await made.live('b', 'main-2');
  return made;
}

describe('hold', () => {
  it('makes new images wait, says who holds and why, and is told', async () => {
    const made = await world();
    expect(await made.order('hold', { reason: 'release week' })).toMatchObject({ outcome: 'done', reason: { code: 'held' } });
    expect(made.topic.told.at(-1)).toMatchObject({ state: 'held', level: 'warning', why: expect.stringContaining('release week') });
    await made.pushed('c', 'main-3');
    expect(made.image()).toBe('b');
    expect(made.history().at(-1)).toMatchObject({
      state: 'waiting',
      reason: { code: 'on-hold', text: 'anna holds the service: release week' },
    });
  });

  it('leaves what is in flight alone', async () => {
    const made = await world();
    await made.pushed('c', 'main-3');
    await made.order('hold', { reason: 'release week' });
    made.advance(30_000);
    await made.completed();
    await made.ticks(6);
    expect(made.states()).toContain('c live');
  });

  it('stands as it was first ordered', async () => {
    const made = await world();
    await made.order('hold', { reason: 'release week' });
    const again = await made.order('hold', { actor: 'berta', reason: 'me too' });
    expect(again).toMatchObject({ outcome: 'nothing-to-do', reason: { code: 'on-hold', text: expect.stringContaining('anna') } });
    expect(made.head().hold).toMatchObject({ actor: 'anna' });
  });
});

describe('resume', () => {
  it('asks at once what waits, and the newest comes through', async () => {
    const made = await world();
    await made.order('hold', { reason: 'release week' });
    for (const [letter, tag] of [
      ['c', 'main-3'],
      ['d', 'main-4'],
      ['e', 'main-5'],
    ] as const)
      await made.pushed(letter, tag);
    expect(await made.order('resume')).toMatchObject({
      outcome: 'done',
      reason: { code: 'resumed', text: expect.stringContaining('2 that waited') },
    });
    expect(made.image()).toBe('e');
    expect(made.states()).toEqual(expect.arrayContaining(['c superseded', 'd superseded', 'e deploying']));
    expect(made.told()).toContain('resumed');
  });

  it('is on record with who did it, after the hold is gone', async () => {
    const made = await world();
    await made.order('hold', { reason: 'release week' });
    await made.order('resume', { actor: 'berta' });
    expect(made.head().hold).toBeUndefined();
    expect(made.head().obeyed?.map(({ verb, actor, why }) => [verb, actor, why])).toEqual([
      ['hold', 'anna', 'release week'],
      ['resume', 'berta', undefined],
    ]);
  });

  it('finds nothing to do where nobody holds', async () => {
    const made = await world();
    expect(await made.order('resume')).toMatchObject({ outcome: 'nothing-to-do', reason: { code: 'not-held' } });
  });
});

describe('cancel', () => {
  it('lets go of what waits, for good: neither the registry nor a late event brings it back', async () => {
    const made = await world();
    await made.order('hold', { reason: 'release week' });
    await made.pushed('c', 'main-3');
    await made.pushed('d', 'main-4');
    expect(await made.order('cancel', { reason: 'not this one' })).toMatchObject({ outcome: 'done', reason: { code: 'cancelled' } });
    expect(made.states()).toEqual(expect.arrayContaining(['c cancelled', 'd cancelled']));
    await made.order('resume');
    await made.ticks(20);
    for (const [letter, tag] of [
      ['c', 'main-3'],
      ['d', 'main-4'],
    ] as const)
      await made.deploy(made.pushEvent(letter, tag));
    expect(made.image()).toBe('b');
    expect(made.head().seen[repository]).toMatchObject({ digest: digest('d'), outcome: 'cancelled' });
    await made.live('e', 'main-5');
    expect(made.image()).toBe('e');
  });

  it('leaves what is in flight to a rollback, and says so', async () => {
    const made = await world();
    await made.pushed('c', 'main-3');
    const answer = await made.order('cancel');
    expect(answer).toMatchObject({
      outcome: 'nothing-to-do',
      reason: { code: 'nothing-waits', text: expect.stringContaining('a rollback takes it back') },
    });
    expect(made.image()).toBe('c');
  });
});

describe('any command', () => {
  it.each(['wake', 'sleep'] as const)('%s is refused for a service without a schedule', async (verb) => {
    const made = await world();
    const until = '2026-11-25T12:00:00.000Z';
    expect(await made.order(verb, { until })).toMatchObject({ outcome: 'refused', reason: { code: 'no-schedule' } });
  });

  it('is refused for a service that is not enrolled yet', async () => {
    const made = new FlowWorld();
    expect(await made.order('hold', { reason: 'x' })).toMatchObject({ outcome: 'refused', reason: { code: 'nothing-on-record' } });
  });

  it('does nothing twice for the same id, though something else was ordered in between', async () => {
    const made = await world();
    const first = await made.order('hold', { id: 'once', reason: 'release week' });
    await made.order('resume');
    expect(await made.order('hold', { id: 'once', reason: 'release week' })).toEqual(first);
    expect(made.head().hold).toBeUndefined();
  });

  it.each([
    ['of the last half hour, for so long at least as a proof serves', 0, 12],
    ['of the last ten alone after that', 31 * 60_000, 10],
  ])('is remembered %s', async (_, laterMs, count) => {
    const made = await world();
    for (let nth = 0; nth < 6; nth += 1) {
      await made.order('hold', { reason: 'again' });
      await made.order('resume');
    }
    made.advance(laterMs);
    await made.order('hold', { reason: 'again' });
    expect(made.head().obeyed).toHaveLength(laterMs === 0 ? count + 1 : count);
  });

  it.each([
    ['nothing to do', { verb: 'resume' }, 'hold', 'nothing-to-do'],
    ['refused', { verb: 'rollback', to: '0'.repeat(26) }, 'hold', 'refused'],
  ] as const)('that came to %s is not carried out by a repeat of the same id', async (_, { verb, ...members }, meanwhile, outcome) => {
    const made = await world();
    const order = { ...members, id: 'replayed' };
    expect(await made.order(verb, order)).toMatchObject({ outcome });
    await made.order(meanwhile, { reason: 'an incident' });
    expect(await made.order(verb, order)).toMatchObject({ outcome, id: 'replayed' });
    expect(made.head().hold?.reason).toBe('an incident');
  });
});
