import { describe, expect, it } from '@jest/globals';
import { deployImage } from '../../lib/flows/deploy-image.ts';
import { judgeStoppedTask } from '../../lib/flows/judge-stopped-task.ts';
import type { ImageContents } from '../../lib/ports/image-contents.ts';
import { digest, FlowWorld } from '../fakes/flow-world.ts';
import { Latency } from '../fakes/latency.ts';

/** What no call to AWS stands behind: the configuration, and the metrics, which are lines of the log. */
const inProcess = ['configuration', 'metrics'];

async function ready(): Promise<{ world: FlowWorld; latency: Latency; needs: ReturnType<FlowWorld['needs']> }> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  const latency = new Latency();
  const wrapped = Object.entries(world.needs()).map(([name, port]) => [
    name,
    typeof port === 'object' && !inProcess.includes(name) ? latency.wrap(name, port) : port,
  ]);
  const needs = Object.fromEntries(wrapped) as ReturnType<FlowWorld['needs']>;
  return { world, latency, needs: { ...needs, contents: { ...needs.contents, ...kept(needs.contents) } } };
}

// A repeat costs nothing, as the port promises.
function kept(contents: ImageContents): Pick<ImageContents, 'read'> {
  const known = new Map<string, ReturnType<ImageContents['read']>>();
  return {
    read: (repository, digestRead) => {
      const answer = known.get(digestRead) ?? contents.read(repository, digestRead);
      known.set(digestRead, answer);
      return answer;
    },
  };
}

describe('calls one after the other', () => {
  it('are at most five from a push to UpdateService', async () => {
    const { world, latency, needs } = await ready();
    await latency.run(deployImage(world.push('b'), needs, world.invocation()));
    expect(world.image()).toBe('b');
    expect(latency.stepOf('services.run')).toBeLessThanOrEqual(5);
    expect(latency.calls.filter(({ step }) => step <= latency.stepOf('services.run')).map(({ name, step }) => `${step} ${name}`)).toEqual([
      '1 registry.byTag',
      '1 heads.read',
      '1 services.read',
      '1 contents.read',
      '1 quarantine.barring',
      '2 heads.change',
      '2 taskDefinitions.read',
      '3 contents.isOneWay', // Of an image that was read it is known; nothing waits for it but the record.
      '3 contents.labels',
      '3 quarantine.barring',
      '3 taskDefinitions.registerCopy',
      '4 services.run',
    ]);
  });

  it.each<[name: string, index: boolean, steps: number]>([
    ['an image', false, 4],
    ['an index, whose platforms are scanned', true, 5],
  ])('are at most five where the scan of %s is asked first', async (_name, index, steps) => {
    const { world, latency, needs } = await ready();
    world.gate({ scan: { block: 'critical', waitMs: 900_000, otherwise: 'reject', allow: [] } });
    world.scans.set(digest(index ? 'x' : 'b'), { status: 'COMPLETE', counts: {} });
    const children = [{ digest: digest('x'), platform: { os: 'linux', architecture: 'amd64' } }];
    if (index) world.contents.contents.set(digest('b'), { kind: 'index', children });
    await latency.run(deployImage(world.push('b'), { ...needs, configuration: world.configuration }, world.invocation()));
    expect(world.image()).toBe('b');
    expect(latency.stepOf('services.run')).toBe(steps);
  });

  it('are at most five where the event is late and the tag names another image', async () => {
    const { world, latency, needs } = await ready();
    const late = world.push('b');
    world.push('c');
    await latency.run(deployImage(late, needs, world.invocation()));
    expect(world.image()).toBe('c');
    expect(latency.stepOf('services.run')).toBe(5);
  });

  it('are at most four from the last counted failure to UpdateService back', async () => {
    const { world, latency, needs } = await ready();
    await world.pushed('b');
    await world.crash(2);
    await latency.run(judgeStoppedTask(world.crashed('last'), needs, world.invocation()));
    expect(world.image()).toBe('a');
    expect(latency.stepOf('services.run')).toBe(4);
    expect(latency.stepOf('quarantine.add')).toBe(4);
    expect(latency.stepOf('topic.tell')).toBeGreaterThan(4);
  });
  it('are no more in guard, though the fleet is asked first', async () => {
    const { world, latency, needs } = await ready();
    await world.live('b');
    await world.crash(2);
    await latency.run(judgeStoppedTask(world.crashed('last'), needs, world.invocation()));
    expect(world.image()).toBe('a');
    expect(latency.stepOf('failing.add')).toBe(2);
    expect(latency.stepOf('services.run')).toBe(4);
  });
});
