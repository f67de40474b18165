import { describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, service, unordered } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';
import { Recording } from '../fakes/recording.ts';
import type { CommandAnswer } from '../../lib/domain/command-answer.ts';
import type { Command } from '../../lib/domain/command.ts';
import { obeyCommand } from '../../lib/flows/obey-command.ts';

/** AWS throttles every call of that name. */
const throttling = (name: string): Recording =>
  new Recording(({ port, method }) => (`${port}.${method}` === name ? { kind: 'throttle', moment: 'before' } : undefined));

/** `b` is live over the verified `a`. */
async function liveOver(): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  await world.live('b');
  return world;
}

async function wayBackCompletes(world: FlowWorld): Promise<void> {
  world.advance(30_000);
  await world.completed();
}

/** The same while another function acts on the service. */
async function taken(): Promise<FlowWorld> {
  const world = await liveOver();
  const head = world.head();
  const until = new Date(world.now.getTime() + 70_000).toISOString();
  world.table.heads.set(service, { ...head, version: head.version + 1, acting: { by: 'another', until }, dueAt: until });
  return world;
}

describe('a rollback by hand', () => {
  it('goes back to the verified deployment before what runs, and says so at once', async () => {
    const world = await liveOver();
    const answer = await world.order('rollback', { reason: 'checkout is slow' });
    const { current } = world.head();
    expect(answer).toMatchObject({
      version: 1,
      outcome: 'done',
      reason: { code: 'by-hand' },
      service,
      actor: 'anna',
      deployment: current?.id,
    });
    expect(world.image()).toBe('a');
    expect(current).toMatchObject({
      state: 'rolling-back',
      reason: { code: 'by-hand', text: expect.stringContaining('checkout is slow') },
    });
    expect(current?.rollback).toMatchObject({ actor: 'anna' });
    await wayBackCompletes(world);
    expect(world.states()).toEqual(['a live', 'b rolled-back']);
  });

  it('holds the service and bars the image on it, and on no other', async () => {
    const world = await liveOver();
    await world.order('rollback');
    expect(world.head().hold).toMatchObject({ actor: 'anna', reason: expect.stringContaining('rolled back by hand') });
    expect(Object.keys(world.head().barred)).toEqual([digest('b')]);
    expect(world.table.quarantine.size).toBe(0);
    await wayBackCompletes(world);
    await world.pushed('c');
    expect(world.states()).toContain('c waiting');
    expect(world.image()).toBe('a');
  });

  it('does not bring back what was rolled back when it is resumed, and lets in what is new', async () => {
    const world = await liveOver();
    await world.order('rollback');
    await wayBackCompletes(world);
    expect(await world.order('resume')).toMatchObject({ outcome: 'done', reason: { code: 'resumed' } });
    await world.ticks(20);
    expect(world.image()).toBe('a');
    await world.live('c');
    expect(world.states()).toContain('c live');
  });

  it('does nothing twice for the same id', async () => {
    const world = await liveOver();
    const first = await world.order('rollback', { id: 'once' });
    const updates = world.services.updates.length;
    expect(await world.order('rollback', { id: 'once' })).toEqual(first);
    await wayBackCompletes(world);
    expect(await world.order('rollback', { id: 'once' })).toEqual(first);
    expect(world.services.updates).toHaveLength(updates);
  });

  it('ordered again by another id leads no further back', async () => {
    const world = await liveOver();
    await world.live('c');
    await world.order('rollback');
    expect(await world.order('rollback')).toMatchObject({ outcome: 'nothing-to-do', reason: { code: 'rollback-under-way' } });
    await wayBackCompletes(world);
    const again = await world.order('rollback');
    expect(again).toMatchObject({ outcome: 'nothing-to-do', reason: { code: 'rolled-back-already' } });
    expect(again.targets?.map(({ images }) => images['my-web-app']?.digest)).toEqual([digest('a')]);
    expect(world.image()).toBe('b');
  });

  it('leads to a named deployment past others, and what fails next goes back there', async () => {
    const world = await liveOver();
    await world.live('c');
    const baseline = world.head().verified.at(-1);
    expect(await world.order('rollback', { to: baseline?.id })).toMatchObject({ outcome: 'done' });
    await wayBackCompletes(world);
    expect(world.head().verified.map(({ images }) => images['my-web-app']?.digest)).toEqual([digest('a'), digest('b')]);
    await world.order('resume');
    await world.pushed('d');
    world.advance(30_000);
    await world.crash(3);
    expect(world.image()).toBe('a');
  });

  it.each<[what: string, setup: (world: FlowWorld) => Promise<object>, code: string]>([
    ['a deployment that was never verified', async () => ({ to: 'unknown' }), 'not-verified'],
    [
      'the deployment that is under judgement',
      async (world) => (await world.pushed('c'), { to: world.head().current?.id }),
      'not-verified',
    ],
    ['a target whose image is gone', async (world) => (world.registry.remove('my-web-app', digest('a')), {}), 'no-target'],
    ['a service that the configuration does not name', async () => ({ service: 'production/none' }), 'not-managed'],
  ])('refuses %s, and touches nothing but what it remembers of orders', async (_, setup, code) => {
    const world = await liveOver();
    const order = await setup(world);
    const before = world.head();
    const answer = await world.order('rollback', order);
    expect(answer).toMatchObject({ outcome: 'refused', reason: { code } });
    expect(unordered(world.head())).toEqual(unordered(before));
  });

  it.each([
    ['watch', { mode: 'watch' as const }, 'watch-only'],
    ['managed: false', { managed: false }, 'let-go'],
  ])('is refused under %s', async (_, differing, code) => {
    const world = await liveOver();
    world.configuration = aConfiguration([aPolicy(differing)]);
    expect(await world.order('rollback')).toMatchObject({ outcome: 'refused', reason: { code } });
    expect(world.image()).toBe('b');
  });

  it('goes back where a verdict may not: verify.rollback is false, or somebody else deployed it', async () => {
    const world = await liveOver();
    const policy = aPolicy({});
    world.configuration = aConfiguration([{ ...policy, verify: { ...policy.verify, rollback: false } }]);
    expect(await world.order('rollback')).toMatchObject({ outcome: 'done' });
    await wayBackCompletes(world);
    expect(world.states()).toEqual(['a live', 'b rolled-back']);
  });
});

describe('a rollback that AWS does not take at once', () => {
  it.each([true, false])('is accepted, and the tick goes on with it (verify.rollback: %s)', async (rollback) => {
    const world = await liveOver();
    const policy = aPolicy({});
    world.configuration = aConfiguration([{ ...policy, verify: { ...policy.verify, rollback } }]);
    world.recording = throttling('services.run');
    expect(await world.order('rollback', { id: 'once' })).toMatchObject({ outcome: 'accepted', reason: { code: 'by-hand' } });
    world.recording = new Recording();
    await world.ticks(2);
    expect(world.image()).toBe('a');
    await wayBackCompletes(world);
    expect(world.states()).toEqual(['a live', 'b rolled-back']);
    expect(await world.order('rollback', { id: 'once' })).toMatchObject({ outcome: 'done' });
  });

  it('is left where it could not even be begun', async () => {
    const world = await liveOver();
    world.recording = throttling('registry.byDigest');
    expect(await world.order('rollback')).toMatchObject({ outcome: 'accepted', reason: { code: 'command-left' } });
    world.recording = new Recording();
    await world.ticks(2);
    expect(world.image()).toBe('a');
  });
});

describe('a rollback that its repeat overtakes', () => {
  it('between what it reads of the head and of ECS is answered what came of that, and is not left to be carried out again', async () => {
    const world = await liveOver();
    const needs = world.needs();
    let repeat: CommandAnswer | undefined;
    const read = async (key: string): ReturnType<typeof needs.services.read> => {
      repeat ??= await world.order('rollback', { id: 'once' });
      world.advance(30_000); // ECS shows the way back by now.
      return needs.services.read(key);
    };
    world.advance(10 * 60_000);
    const command: Command = { id: 'once', verb: 'rollback', service, actor: 'anna' };
    const answer = await obeyCommand(command, { ...needs, services: { ...needs.services, read } }, world.invocation());
    expect(answer).toEqual(repeat);
    expect(answer).toMatchObject({ outcome: 'done', reason: { code: 'by-hand' } });
    expect(world.head().left).toBeUndefined();
  });
});

describe('a rollback that finds the service taken', () => {
  it('is left in the head, and carried out by the tick when the act is over', async () => {
    const world = await taken();
    expect(await world.order('rollback', { id: 'once' })).toMatchObject({ outcome: 'accepted', reason: { code: 'command-left' } });
    expect(await world.order('rollback', { id: 'once' })).toMatchObject({ outcome: 'accepted' });
    expect(world.image()).toBe('b');
    await world.ticks(2);
    expect(world.image()).toBe('a');
    expect(world.head().left).toBeUndefined();
    expect(world.head().obeyed?.at(-1)).toMatchObject({ id: 'once', verb: 'rollback', actor: 'anna', outcome: 'done' });
  });

  it('is told where the tick then has to refuse it', async () => {
    const world = await taken();
    await world.order('rollback');
    world.registry.remove('my-web-app', digest('a'));
    await world.ticks(2);
    expect(world.told()).toContain('command-refused');
    expect(world.head().left).toBeUndefined();
    expect(world.image()).toBe('b');
  });

  it('is given up, and that is told, when it could not be carried out for a quarter of an hour', async () => {
    const world = await taken();
    await world.order('rollback');
    world.advance(15 * 60_000);
    await world.tick();
    expect(world.topic.told.at(-1)).toMatchObject({ state: 'command-refused', code: 'command-overdue' });
    expect(world.image()).toBe('b');
  });
});
