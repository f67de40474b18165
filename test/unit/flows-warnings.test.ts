import { beforeEach, describe, expect, it } from '@jest/globals';
import { countableOf } from '../../lib/decide/verdict.ts';
import { followRollout } from '../../lib/flows/follow-rollout.ts';
import { judgeStoppedTask } from '../../lib/flows/judge-stopped-task.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';

let world: FlowWorld;

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  await world.pushed('b');
  world.advance(30_000);
  world.topic.told.length = 0;
});

function said(eventName: string, eventType = 'ERROR', reason = 'RESOURCE:FARGATE'): Promise<void> {
  const change = { service, about: 'service', eventName, eventType, reason, at: world.now.toISOString() } as const;
  return followRollout(change, world.needs(), world.invocation());
}

const codes = (): string[] => world.topic.told.map(({ code }) => code);

describe('an action of ECS that says that tasks cannot start', () => {
  it('is told once a deployment, stands on its record, and condemns nothing', async () => {
    for (let nth = 0; nth < 5; nth += 1) await said('SERVICE_TASK_PLACEMENT_FAILURE');
    expect(codes()).toEqual(['no-capacity']);
    expect(world.head()).toMatchObject({ current: { state: 'deploying', warned: ['SERVICE_TASK_PLACEMENT_FAILURE'] }, failures: [] });
    expect(world.history().at(-1)).toMatchObject({ warned: ['SERVICE_TASK_PLACEMENT_FAILURE'] });
    expect(world.image()).toBe('b');
  });

  it('is told each by its name', async () => {
    await said('SERVICE_TASK_START_IMPAIRED', 'WARN');
    await said('SERVICE_TASK_CONFIGURATION_FAILURE');
    expect(world.topic.told.map(({ id }) => id.split('#').slice(1).join(' '))).toEqual(['warning 1', 'warning 2']);
  });

  it('is told anew of the next deployment', async () => {
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    world.advance(60_000);
    await world.pushed('c');
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    expect(codes().filter((code) => code === 'no-capacity')).toHaveLength(2);
  });

  it('is told by whoever hears of it after the act', async () => {
    const { acting: _, ...free } = world.head();
    world.table.heads.set(service, { ...free, acting: { by: 'somebody', until: '2026-11-23T13:00:00.000Z' } });
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    expect(codes()).toEqual([]);
    world.table.heads.set(service, { ...free, version: free.version + 1 });
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    expect(codes()).toEqual(['no-capacity']);
  });

  it('is told though somebody else wrote the head at the same moment', async () => {
    const tell = world.services.read.bind(world.services);
    let rivals = 1;
    world.services.read = async (key) => {
      const seen = await tell(key);
      const head = world.head();
      if (rivals-- > 0) world.table.heads.set(service, { ...head, version: head.version + 1 });
      return seen;
    };
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    expect(codes()).toEqual(['no-capacity']);
  });

  it('puts off no time-out, whose reason then names it; no service but this one is kept from the image', async () => {
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    await world.ticks(29);
    expect(world.head().current?.state).toBe('deploying');
    await world.ticks(2);
    expect(world.image()).toBe('a');
    expect(world.head().current).toMatchObject({
      state: 'rolling-back',
      reason: { code: 'rollout-overdue', text: 'the rollout did not complete within 30 minutes, since ECS found no place for its tasks' },
    });
    expect(world.table.quarantine.size).toBe(0);
  });

  it('is told of the way back too', async () => {
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    await world.crash(3);
    await said('SERVICE_TASK_PLACEMENT_FAILURE');
    expect(codes()).toEqual(['no-capacity', 'task-failures', 'no-capacity']);
  });
});

const unknown = (id: string, reason = 'The flux was compensated') =>
  world.crashed(id, world.running(), { stopCode: 'New', stoppedReason: reason, containers: [] });

describe('a stop that the catalogue does not know', () => {
  it('counts against nobody, is kept with its text, and told once', async () => {
    for (const id of ['one', 'two', 'three', 'four']) await world.stopped(unknown(id));
    expect(world.head()).toMatchObject({
      current: { state: 'deploying', warned: ['unknown stop: New | The flux was compensated'] },
    });
    expect(countableOf(world.head())).toBe(0);
    expect(world.topic.told).toMatchObject([
      { state: 'trouble', code: 'unknown-stop', why: expect.stringContaining('The flux was compensated') },
    ]);
    expect(world.history().at(-1)?.warned).toHaveLength(1);
  });

  it('tells so many different texts and no more', async () => {
    for (let nth = 0; nth < 20; nth += 1) await world.stopped(unknown(`task-${nth}`, `reason ${String.fromCharCode(65 + nth)}`));
    expect(codes()).toHaveLength(8);
  });

  it('is told though somebody writes the head meanwhile', async () => {
    const needs = world.needs();
    const { heads } = needs;
    let written = 0;
    const change: typeof heads.change = async (key, version, fields) =>
      (written += 1) === 1 ? undefined : heads.change(key, version, fields);
    await judgeStoppedTask(unknown('one'), { ...needs, heads: { ...heads, change } }, world.invocation());
    expect(codes()).toEqual(['unknown-stop']);
  });
});
