import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, registryHost, repository, service } from '../fakes/flow-world.ts';

const note = 'the copy of its revision had to do without futureOption, which AWS did not take';
let world: FlowWorld;

beforeEach(() => {
  world = new FlowWorld();
  world.taskDefinitions.lost.push('futureOption');
});

/** The note on what was told last in that state. */
const told = (state: string): boolean =>
  world.topic.told.findLast((one) => one.state === state)?.facts.some(([, text]) => text === note) === true;

describe('What a copy had to do without is on record and told', () => {
  it('of a deployment', async () => {
    await world.verifiedBaseline();
    await world.live('b');
    expect(world.head().current).toMatchObject({ state: 'live', notes: [note] });
    expect(told('live')).toBe(true);
  });

  it('of the copy to which a verified revision is pinned', async () => {
    world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}:latest` });
    world.services.add(service, arn);
    world.services.digests.set(arn, { web: digest('a') });
    await world.ticks(7);
    expect(world.head().current).toMatchObject({ state: 'live', notes: [note] });
    expect(world.head().current?.pinnedTaskDefinition).toBeDefined();
    expect(told('live')).toBe(true);
  });

  it('of the copy of an INACTIVE target', async () => {
    world.taskDefinitions.lost.length = 0;
    await world.verifiedBaseline();
    await world.live('b');
    await world.pushed('c');
    world.deregister(world.head().verified[0]?.taskDefinition ?? '');
    world.taskDefinitions.lost.push('futureOption');
    await world.crash(3);
    await world.ticks(1);
    world.advance(30_000);
    await world.completed();
    expect(told('rolled-back')).toBe(true);
  });
});
