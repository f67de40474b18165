import { beforeEach, describe, expect, it } from '@jest/globals';
import { aDeployment } from '../fakes/decision-facts.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { PermanentError } from '../../lib/errors.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.contents.oneWay.add(digest('b'));
});

const lastTold = () => world.topic.told.at(-1);

describe('an image that says autopilot.rollback=never', () => {
  it('is on record with its deployment, which says so', async () => {
    await world.pushed('b');
    expect(world.head().current).toMatchObject({
      oneWay: { digests: [digest('b')], asked: [digest('b')] },
      notes: [expect.stringContaining('never')],
    });
    world.advance(30_000);
    await world.completed();
    expect(lastTold()?.facts).toContainEqual(['Note', expect.stringContaining('autopilot.rollback=never')]);
  });

  it('is not rolled back in flight: paged, with the reason, and nothing is barred', async () => {
    await world.pushed('b');
    await world.crash(3);
    expect(world.image()).toBe('b');
    expect(world.head()).toMatchObject({
      barred: {},
      current: { state: 'failed', reason: { code: 'rollback-disabled' }, evidence: { container: 'web', exitCode: 1 } },
    });
    expect(world.table.quarantine.size).toBe(0);
    expect(lastTold()).toMatchObject({ state: 'failed', level: 'critical', why: expect.stringContaining('autopilot.rollback=never') });
    expect(lastTold()?.next[0]).toMatch(/^Push a mended image/);
    expect(world.head().current?.evidence).toMatchObject({ container: 'web', exitCode: 1 });
  });

  it('is not rolled back in guard', async () => {
    await world.live('b');
    world.advance(60 * 60_000);
    await world.crash(3);
    expect(world.image()).toBe('b');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
  });

  it('is not left by the failure of the one that was to mend it', async () => {
    await world.pushed('b');
    await world.crash(3);
    world.advance(60_000);
    await world.pushed('c');
    await world.crash(3);
    expect(world.image()).toBe('c');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
    expect(world.head().current?.reason.text).toContain('an image deployed before it');
  });

  it('is not left by the failure of what somebody else deployed over it', async () => {
    const policy = aPolicy();
    world.configuration = aConfiguration([{ ...policy, verify: { ...policy.verify, external: 'rollback' } }]);
    await world.pushed('b');
    world.advance(90_000);
    const { arn } = world.taskDefinitions.add('web', { web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app@${digest('c')}` });
    await world.services.run(service, arn);
    world.services.catchUp();
    await world.follow();
    expect(world.head().current).toMatchObject({ origin: 'external', oneWay: { digests: [digest('b')] } });
    await world.crash(3);
    expect(world.image()).toBe('c');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
  });

  it('is gone back to itself, once it was verified', async () => {
    await world.live('b');
    await world.pushed('c');
    await world.crash(3);
    expect(world.image()).toBe('b');
    expect(world.head().current?.state).toBe('rolling-back');
  });

  it('is passed over by no way back to what ran before it', async () => {
    await world.live('b');
    await world.pushed('c');
    world.registry.remove(repository, digest('b'));
    await world.crash(3);
    expect(world.image()).toBe('c');
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
  });

  it('is learnt by the tick where its record was lost, or somebody else deployed it', async () => {
    await world.pushed('b');
    const { oneWay: _, notes: __, ...current } = world.head().current ?? aDeployment();
    world.table.heads.set(service, { ...world.head(), current, dueAt: world.now.toISOString() });
    await world.tick();
    expect(world.head().current?.oneWay).toEqual({ digests: [digest('b')], asked: [digest('b')] });
    expect(world.history().at(-1)?.oneWay).toEqual({ digests: [digest('b')], asked: [digest('b')] });
  });

  it('stops nothing where it cannot be read, and is asked again until it is live', async () => {
    world.contents.oneWay.add('unreadable');
    await world.pushed('b');
    expect(world.head().current).toMatchObject({ state: 'deploying' });
    expect(world.head().current?.oneWay).toBeUndefined();
    world.contents.oneWay.delete('unreadable');
    await world.ticks(3);
    expect(world.head().current?.oneWay?.digests).toEqual([digest('b')]);
  });

  it('is what ran, where somebody else deployed a tag that named another image meanwhile', async () => {
    const policy = aPolicy();
    world.configuration = aConfiguration([{ ...policy, verify: { ...policy.verify, external: 'rollback' } }]);
    const { arn } = world.taskDefinitions.add('web', { web: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app:latest' });
    world.advance(90_000);
    world.services.digests.set(arn, { web: digest('c') });
    await world.services.run(service, arn);
    world.services.catchUp();
    await world.follow();
    const { current = aDeployment() } = world.head();
    const adopted = { ...current, images: { [repository]: { digest: digest('c') } } };
    world.table.heads.set(service, { ...world.head(), current: adopted, dueAt: world.now.toISOString() });
    await world.ticks(1);
    expect(world.head().current?.oneWay).toEqual({ digests: [], asked: [digest('c')] });
    world.services.digests.set(arn, { web: digest('b') });
    await world.completed();
    await world.ticks(7);
    expect(world.head().current).toMatchObject({ state: 'live', oneWay: { digests: [digest('b')] } });
    await world.crash(3);
    expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
  });

  describe('that cannot be read when it is condemned', () => {
    beforeEach(async () => {
      world.contents.oneWay.add('unreadable');
      await world.pushed('b');
      await world.crash(3);
    });

    it('is not left before it was asked: the tick asks, and keeps the service where it is', async () => {
      expect(world.head().current).toMatchObject({ state: 'deploying', oneWay: { awaited: world.now.toISOString() } });
      expect(world.head().dueAt).toBe(world.now.toISOString());
      world.contents.oneWay.delete('unreadable');
      await world.ticks(1);
      expect(world.image()).toBe('b');
      expect(world.head().current).toMatchObject({ state: 'failed', reason: { code: 'rollback-disabled' } });
    });

    it('is rolled back as soon as it was read and does not say so', async () => {
      world.contents.oneWay.clear();
      await world.ticks(1);
      expect(world.image()).toBe('a');
      expect(world.head().current).toMatchObject({ state: 'rolling-back', oneWay: { asked: [digest('b')] } });
    });

    it('is looked at once by each tick meanwhile', async () => {
      const { version } = world.head();
      await world.ticks(1);
      expect(world.head().version).toBe(version + 2); // Its verdict, and when it is due again.
    });

    it('is waited for over two looks, and then rolled back, which its record says', async () => {
      await world.ticks(1);
      expect(world.image()).toBe('b');
      await world.ticks(1);
      expect(world.image()).toBe('a');
      expect(world.head().current).toMatchObject({ state: 'rolling-back', notes: [expect.stringContaining('could not be read')] });
    });

    it('is waited for no longer where that is refused for good', async () => {
      world.contents.isOneWay = () => Promise.reject(new PermanentError('access denied'));
      await world.ticks(1);
      expect(world.image()).toBe('a');
      expect(world.head().current?.notes).toEqual([expect.stringContaining('could not be read')]);
    });
  });

  it('is asked in guard too, where it could not be read until it was live', async () => {
    world.contents.oneWay.add('unreadable');
    await world.live('b');
    await world.ticks(5);
    world.contents.oneWay.delete('unreadable');
    await world.ticks(2);
    expect(world.head().current).toMatchObject({ state: 'live', oneWay: { digests: [digest('b')] } });
  });

  it('is asked once', async () => {
    await world.live('b');
    world.recording.calls.length = 0;
    await world.ticks(180);
    expect(world.recording.names()).not.toContain('contents.isOneWay');
  });

  it('is left by order of a person, who is told', async () => {
    await world.pushed('b');
    await world.order('rollback');
    expect(world.image()).toBe('a');
    expect(lastTold()?.facts).toContainEqual(['Note', expect.stringMatching(/^the service goes back though its image of my-web-app/)]);
  });

  it('is told where ECS went back from it all the same', async () => {
    world.configuration = aConfiguration([aPolicy()]);
    const before = world.running();
    await world.pushed('b');
    world.advance(30_000);
    await world.services.run(service, before);
    world.advance(61_000);
    await world.follow();
    expect(world.head().current).toMatchObject({ state: 'rolling-back', rollback: { native: true } });
    expect(lastTold()?.facts).toContainEqual(['Note', expect.stringMatching(/^the service goes back though/)]);
  });
});
