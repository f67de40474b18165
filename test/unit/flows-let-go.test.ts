import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, registryHost, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

beforeEach(() => {
  world = new FlowWorld();
  world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
});

describe('the tick and mode watch', () => {
  it('records and tells what would be done, and changes nothing in AWS', async () => {
    world = new FlowWorld(aConfiguration([aPolicy({ mode: 'watch' })]));
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}:latest` });
    world.services.add(service, arn);
    world.services.digests.set(arn, { web: digest('a') });
    await world.ticks(8);
    await world.pushed('b');
    await world.crash(4);
    await world.ticks(20);
    expect(world.services.updates).toEqual([]);
    expect(world.taskDefinitions.registered).toEqual([]);
    expect(world.states()).toEqual(['a failed', 'b rejected']);
    expect(world.history().map(({ reason }) => reason.code)).toEqual(['watch-only', 'watch-only']);
  });

  it('takes the order to wake what still sleeps, and none to sleep', async () => {
    world = new FlowWorld(aConfiguration([aPolicy({ mode: 'watch', offPeak: { schedule: 'office-hours', after: [] } })]));
    await world.verifiedBaseline();
    const reason = { code: 'off-peak', text: 'it is night' } as const;
    const [saved, left] = [{ desired: 2 }, { desired: 0 }];
    const since = '2026-11-22T20:00:00.000Z';
    world.table.heads.set(service, { ...world.head(), sleep: { since, reason, state: 'asleep', saved, left } });
    const until = '2026-11-24T12:00:00.000Z';
    expect(await world.order('sleep', { until })).toMatchObject({ outcome: 'refused', reason: { code: 'watch-only' } });
    expect(world.head().override).toBeUndefined();
    await world.order('wake', { until });
    expect(world.head().override).toMatchObject({ level: 'awake', until });
  });

  it('is asked again once the configuration says deploy', async () => {
    world = new FlowWorld(aConfiguration([aPolicy({ mode: 'watch', hash: 'policy-watch' })]));
    await world.verifiedBaseline();
    await world.pushed('b');
    expect(world.image()).toBe('a');
    world.configuration = aConfiguration([aPolicy()], 'configuration-2');
    await world.ticks(2);
    expect(world.image()).toBe('b');
  });
});

describe('the tick and a service that is let go', () => {
  it('cancels what is not verified, tells it once, and looks no more', async () => {
    await world.verifiedBaseline();
    await world.pushed('b');
    await world.pushed('c');
    world.configuration = aConfiguration([aPolicy({ managed: false })], 'configuration-2');
    await world.ticks(2);
    expect(world.states()).toEqual(['a live', 'b cancelled', 'c cancelled']);
    expect(world.head().dueAt).toBeUndefined();
    expect(world.image()).toBe('b');
    world.configuration = aConfiguration([aPolicy({ managed: false })], 'configuration-3');
    await world.ticks(2);
    expect(world.told().filter((state) => state === 'let-go')).toHaveLength(1);
  });

  it('refuses a command that was left for it, tells that, and looks no more', async () => {
    await world.verifiedBaseline();
    await world.live('b');
    const head = world.head();
    const leftAt = world.now.toISOString();
    world.table.heads.set(service, { ...head, left: [{ id: 'order', verb: 'rollback', service, actor: 'anna', leftAt }] });
    world.configuration = aConfiguration([aPolicy({ managed: false })], 'configuration-2');
    await world.ticks(2);
    expect(world.told()).toContain('command-refused');
    expect(world.head().obeyed?.at(-1)).toMatchObject({ id: 'order', outcome: 'refused', reason: { code: 'let-go' } });
    expect(world.head().dueAt).toBeUndefined();
    expect(world.image()).toBe('b');
  });

  it('ends what was told as trouble: nobody goes on with that work', async () => {
    await world.verifiedBaseline();
    const [told, until] = [world.now.toISOString(), world.now.toISOString()];
    const trouble = { count: 3, reason: 'throttled', told, until };
    world.table.heads.set(service, { ...world.head(), trouble });
    world.configuration = aConfiguration([aPolicy({ managed: false })], 'configuration-2');
    await world.ticks(1);
    const over = world.topic.told.filter(({ code }) => code === 'over');
    expect(over.map(({ headline }) => headline)).toEqual([`${service}: the work that failed is given up`]);
  });

  it('takes up what waited when it is managed again', async () => {
    await world.verifiedBaseline();
    await world.pushed('b');
    await world.pushed('c');
    world.configuration = aConfiguration([aPolicy({ managed: false })], 'configuration-2');
    await world.ticks(2);
    world.configuration = aConfiguration([aPolicy()], 'configuration-3');
    await world.ticks(4);
    expect(world.image()).toBe('c');
  });

  it('ends a rollback first', async () => {
    await world.verifiedBaseline();
    await world.pushed('b');
    await world.crash(3);
    world.configuration = aConfiguration([aPolicy({ managed: false })], 'configuration-2');
    await world.ticks(1);
    expect(world.head().current?.state).toBe('rolling-back');
    world.services.complete(service, world.now.toISOString());
    await world.ticks(3);
    expect(world.states()).toEqual(['a live', 'b rolled-back']);
  });

  it('takes it up again when it is managed again', async () => {
    await world.verifiedBaseline();
    await world.pushed('b');
    const id = world.head().current?.id;
    world.configuration = aConfiguration([aPolicy({ managed: false })], 'configuration-2');
    await world.ticks(2);
    world.configuration = aConfiguration([aPolicy()], 'configuration-3');
    await world.ticks(1);
    expect(world.head()).toMatchObject({ current: { id, state: 'deploying' } });
    expect(world.head().obstacle).toBeUndefined();
  });
});
