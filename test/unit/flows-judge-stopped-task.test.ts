import { beforeEach, describe, expect, it } from '@jest/globals';
import { countableOf } from '../../lib/decide/verdict.ts';
import { TransientError } from '../../lib/errors.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  await world.pushed('b');
  world.topic.told.length = 0;
});

describe('judge-stopped-task', () => {
  it('rolls back at the threshold, and not one failure before', async () => {
    await world.crash(2);
    expect(world.image()).toBe('b');
    await world.stopped(world.crashed('third'));
    expect(world.image()).toBe('a');
    expect(world.head()).toMatchObject({ current: { state: 'rolling-back', reason: { code: 'task-failures' } } });
    expect(world.head().acting).toBeUndefined();
    expect(world.told()).toEqual(['rolling-back']);
  });

  it('tells one message of five hundred failures in a minute', async () => {
    const revision = world.running();
    for (let nth = 0; nth < 500; nth += 1) {
      await world.stopped(world.crashed(`task-${nth}`, revision));
      world.advance(120);
    }
    expect(world.told()).toEqual(['rolling-back']);
    await world.ticks(3);
    expect(world.told().filter((state) => state === 'rolling-back')).toHaveLength(1);
    expect(world.image()).toBe('a');
  });

  it('counts a task once, however often its event comes', async () => {
    const task = world.crashed('one');
    for (let nth = 0; nth < 5; nth += 1) await world.stopped(task);
    expect(world.head().failures).toHaveLength(1);
    expect(world.image()).toBe('b');
  });

  it('counts a task once, though a later event of it tells another time and another cause', async () => {
    const task = world.crashed('one');
    await world.stopped(task);
    world.advance(1000);
    for (const stoppedReason of ['CannotPullContainerError: manifest unknown', 'OutOfMemoryError: container killed'])
      await world.stopped({ ...task, stoppedAt: world.now.toISOString(), stoppedReason });
    expect(world.image()).toBe('b');
    await world.crash(2);
    expect(world.image()).toBe('a');
  });

  it('rolls back once, however many failures follow', async () => {
    await world.crash(8, world.running());
    expect(world.services.updates.map(({ taskDefinition }) => taskDefinition.split(':').at(-1))).toEqual(['2', '1']);
    expect(world.told()).toEqual(['rolling-back']);
  });

  it('asks about no target while nothing can be condemned, however long the service goes on crashing', async () => {
    const bad = world.running();
    await world.crash(3);
    world.recording.calls.length = 0;
    await world.crash(4, bad);
    expect(world.recording.names()).not.toContain('registry.byDigest');
    expect(world.recording.names()).toContain('heads.addFailures');
  });

  it('quarantines the digest for a cause of its own, with the deployment that it was condemned in', async () => {
    const deployment = world.head().current?.id;
    await world.crash(3);
    expect(world.table.quarantine.get(digest('b'))).toMatchObject({ service, deployment, reason: { code: 'task-failures' } });
    expect(world.table.quarantine.has(digest('a'))).toBe(false);
  });

  it.each<[name: string, category: string, differing: object]>([
    [
      'scale-in',
      'SCALE_IN',
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)' },
    ],
    ['a stop by a person', 'USER', { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' }],
    ['a Spot interruption', 'SPOT', { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }],
  ])('does not count %s, and says why in the log and in the head', async (_, category, differing) => {
    await world.stopped(world.crashed('one', world.running(), differing));
    await world.stopped(world.crashed('one', world.running(), differing));
    expect(world.head().failures).toEqual([expect.stringMatching(`#web:2#~${category}$`)]);
    expect(countableOf(world.head())).toBe(0);
    expect(world.logged.at(-1)).toMatchObject({ message: 'not counted', fields: { cause: expect.any(String) } });
  });

  it.each<[name: string, differing: object]>([
    ['a task of no service', { ofService: false }],
    ['a task of a service that is not configured', { service: 'production/other' }],
  ])('does not count %s', async (_, differing) => {
    await world.stopped(world.crashed('one', world.running(), differing));
    expect(world.head().failures).toEqual([]);
    expect(world.logged.at(-1)?.message).toBe('not counted');
  });

  it('condemns at the threshold, whatever did not count meanwhile', async () => {
    const spot = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' };
    for (let nth = 0; nth < 40; nth += 1) await world.stopped(world.crashed(`spot-${nth}`, world.running(), spot));
    expect([world.head().failures.length, world.image()]).toEqual([32, 'b']);
    await world.crash(2);
    expect(world.image()).toBe('b');
    await world.crash(3);
    expect(world.image()).toBe('a');
    const note = 'at least 32 of its tasks stopped for causes that count against nobody: 32 SPOT';
    expect(world.history().find(({ state }) => state === 'rolling-back')?.notes).toContain(note);
  });

  it('keeps a failure of any revision, and condemns by the deployment’s own only', async () => {
    await world.crash(5, 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1');
    expect(world.head().failures).toHaveLength(5);
    expect(world.image()).toBe('b');
  });

  it('tells old and new revision failing alike once as an incident, and rolls nothing back', async () => {
    await world.crash(3, 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1');
    await world.crash(4);
    expect(world.image()).toBe('b');
    expect(world.told()).toEqual(['incident']);
    expect(world.table.quarantine.size).toBe(0);
  });

  it('keeps the failure and ends while another function acts; the tick judges', async () => {
    await world.crash(2);
    world.table.heads.set(service, {
      ...world.head(),
      acting: { by: 'somebody', until: '2026-11-23T12:08:10.000Z' },
      dueAt: '2026-11-23T12:08:10.000Z',
    });
    await world.stopped(world.crashed('third'));
    expect(world.image()).toBe('b');
    expect(world.head().failures).toHaveLength(3);
    await world.ticks(2);
    expect(world.image()).toBe('a');
  });

  it('judges at the next tick what arrived while the deployment was being started', async () => {
    world = new FlowWorld();
    await world.verifiedBaseline();
    const run = world.services.run.bind(world.services);
    world.services.run = async (key, revision) => {
      const answer = await run(key, revision);
      await world.crash(3, revision);
      return answer;
    };
    await world.pushed('b');
    world.services.run = run;
    expect(world.head().current?.state).toBe('deploying');
    await world.ticks(1);
    expect(world.image()).toBe('a');
  });

  it('leaves it to follow-rollout where ECS went back first', async () => {
    await world.crash(2);
    const bad = world.running();
    await world.services.run(service, 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1');
    world.services.updates.length = 0;
    await world.stopped(world.crashed('third', bad));
    expect(world.services.updates).toEqual([]);
    expect(world.logged.at(-1)?.message).toBe('left to follow-rollout');
  });

  it('rolls back what is live, inside its guard, and counts it as unverified from then on', async () => {
    world.advance(30_000);
    await world.completed();
    await world.ticks(6);
    expect(world.head().current?.state).toBe('live');
    world.advance(3 * 60 * 60_000);
    await world.crash(3);
    expect(world.image()).toBe('a');
    expect(world.head().current?.verifiedAt).toBeUndefined();
    expect(world.head().verified.map(({ images }) => images[repository]?.digest)).toEqual([digest('a')]);
  });

  it('leaves alone what is live after its guard', async () => {
    world.advance(30_000);
    await world.completed();
    await world.ticks(6);
    world.advance(24 * 60 * 60_000);
    await world.crash(3);
    expect(world.image()).toBe('b');
  });

  it('tries again when AWS throttles the way back: the claim stands, the service is free', async () => {
    await world.crash(2);
    const run = world.services.run.bind(world.services);
    world.services.run = async () => {
      throw new TransientError('throttled');
    };
    await expect(world.stopped(world.crashed('third'))).rejects.toThrow('throttled');
    world.services.run = run;
    expect(world.head()).toMatchObject({ current: { state: 'rolling-back' }, dueAt: world.now.toISOString() });
    await world.ticks(1);
    expect(world.image()).toBe('a');
  });

  it('adds nothing past 64 above the threshold', async () => {
    world.configuration = aConfiguration([aPolicy({ mode: 'watch' })]);
    await world.crash(80, 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:9');
    expect(world.head().failures).toHaveLength(67);
  });
});
