import { beforeEach, describe, expect, it } from '@jest/globals';
import { figuresOf, type Figure } from '../../lib/decide/figures.ts';
import type { Deployment, TimelineEntry } from '../../lib/domain/deployment.ts';
import { TransientError } from '../../lib/errors.ts';
import { record } from '../../lib/flows/ledger.ts';
import { enter } from '../../lib/decide/transitions/transition.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';
import { aDeployment, diagnosis } from '../fixtures/told-deployment.ts';

const entry = (state: Deployment['state'], at: string): TimelineEntry => ({ at, state, reason: { code: 'new-image', text: '' } });
const deploying = entry('deploying', '2026-11-23T12:00:10.000Z');
const live = entry('live', '2026-11-23T12:10:00.000Z');
const back = [entry('rolling-back', '2026-11-23T13:05:00.000Z'), entry('rolled-back', '2026-11-23T13:06:30.400Z')];
const base = { pushedAt: '2026-11-23T12:00:00.000Z', startedAt: '2026-11-23T12:00:20.000Z' };
const failed = { ...diagnosis, failed: { tasks: 3, first: '2026-11-23T13:01:30.400Z', last: '2026-11-23T13:04:00.000Z' } };
const waiting = entry('waiting', '2026-11-23T12:00:05.000Z');

describe('the figures of a transition', () => {
  it.each<[name: string, state: Deployment['state'], code: 'back-on-target' | 'newer-candidate', given: Partial<Deployment>, Figure[]]>([
    ['a deployment that begins', 'deploying', 'newer-candidate', { timeline: [waiting, deploying] }, [['Deployments', 1]]],
    ['one that is taken up again', 'deploying', 'newer-candidate', { timeline: [deploying, entry('superseded', ''), deploying] }, []],
    ['one that waits', 'waiting', 'newer-candidate', { timeline: [waiting] }, []],
    ['one that is live', 'live', 'newer-candidate', { timeline: [deploying, live] }, [['LeadTime', 600]]],
    ['one that a person ordered', 'live', 'newer-candidate', { origin: 'command', timeline: [deploying, live] }, []],
    ['one whose push is not known', 'live', 'newer-candidate', { pushedAt: '', timeline: [deploying, live] }, []],
    [
      'one of a clock that is behind',
      'live',
      'newer-candidate',
      { pushedAt: '2026-11-23T12:10:01.000Z', timeline: [live] },
      [['LeadTime', 0]],
    ],
    ['one that is condemned', 'rolling-back', 'newer-candidate', { timeline: [deploying, ...back.slice(0, 1)] }, [['Rollbacks', 1]]],
    [
      'one that failed and is undone',
      'rolled-back',
      'back-on-target',
      { diagnosis: failed, timeline: [deploying, live, ...back] },
      [['TimeToRestore', 300]],
    ],
    ['one that hung and is undone', 'rolled-back', 'back-on-target', { timeline: [deploying, ...back] }, [['TimeToRestore', 3970]]],
    ['a live one undone by hand', 'rolled-back', 'back-on-target', { timeline: [deploying, live, ...back] }, [['TimeToRestore', 90]]],
    ['one that a newer took over', 'rolled-back', 'newer-candidate', { diagnosis: failed, timeline: [deploying, ...back] }, []],
    ['one that failed', 'failed', 'newer-candidate', { timeline: [deploying, entry('failed', '')] }, []],
  ])('%s', (_, state, code, { pushedAt = base.pushedAt, ...given }, figures) => {
    const deployment = aDeployment(state, code, '', { ...base, ...given, pushedAt: pushedAt === '' ? undefined : pushedAt });
    expect(figuresOf({ change: {}, told: [deployment] })).toEqual(figures);
    expect(figuresOf({ change: {}, told: [], quiet: [deployment] })).toEqual([]);
  });
});

describe('the figures of a service', () => {
  let world: FlowWorld;
  beforeEach(async () => {
    world = new FlowWorld();
    await world.verifiedBaseline();
  });

  it('tell nothing of what was adopted on installation', () => {
    expect(world.head().current).toMatchObject({ state: 'live', origin: 'external' });
    expect(world.counted).toEqual([]);
  });

  it('tell a push that goes live, once', async () => {
    const push = world.push('b');
    await world.deploy(push);
    await world.deploy(push);
    world.advance(30_000);
    await world.completed();
    await world.follow();
    await world.ticks(8);
    expect(world.counted).toEqual([
      ['Deployments', 1],
      ['LeadTime', 330],
    ]);
  });

  it('tell a rollback, once, from the first failure on, whatever the topic does', async () => {
    await world.pushed('b');
    await world.crash(2);
    world.advance(60_000);
    world.topic.refusal = new TransientError('SNS is away');
    await world.crash(1);
    world.advance(60_000);
    await world.completed();
    world.topic.refusal = undefined;
    await world.follow();
    await world.ticks(3);
    expect(world.counted).toEqual([
      ['Deployments', 1],
      ['Rollbacks', 1],
      ['TimeToRestore', 120],
    ]);
  });

  it('tell what an act comes to once, however often others write before it', async () => {
    await world.pushed('b');
    world.counted.length = 0;
    const { heads, ...needs } = world.needs();
    const rivals = [undefined, undefined];
    const change: typeof heads.change = (...args) => (rivals.length > 0 ? Promise.resolve(rivals.pop()) : heads.change(...args));
    const policy = world.configuration.services[service];
    if (policy === undefined) throw new Error('not configured');
    const reason = { code: 'task-failures', text: 'three failed' } as const;
    await record({ ...needs, heads: { ...heads, change } }, world.head(), policy, world.invocation(), (head) => {
      const current = head.current && enter(head.current, 'rolling-back', reason, world.now);
      return current?.timeline.length === 2 ? { change: { current }, told: [current] } : undefined;
    });
    expect(rivals).toEqual([]);
    expect(world.counted).toEqual([['Rollbacks', 1]]);
  });

  it('tell nothing that somebody else wrote', async () => {
    await world.pushed('b');
    world.counted.length = 0;
    await world.crash(2);
    const [third, fourth] = [world.crashed('third'), world.crashed('fourth')];
    await Promise.all([world.stopped(third), world.stopped(fourth), world.tick()]);
    expect(world.counted).toEqual([['Rollbacks', 1]]);
  });
});
