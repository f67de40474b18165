import { describe, expect, it } from '@jest/globals';
import { FlowWorld, readsLagMs, service } from './flow-world.ts';

describe('The services of a flow', () => {
  it('are read as they were before an act for some seconds, so that every flow meets answers from before', async () => {
    const world = new FlowWorld();
    const before = world.addService('a');
    const { arn } = world.taskDefinitions.add('web', {});
    const read = async (): Promise<string | undefined> => (await world.services.read(service))?.taskDefinition;
    expect((await world.services.run(service, arn)).taskDefinition).toBe(arn);
    world.advance(readsLagMs - 1);
    expect(await read()).toBe(before);
    world.advance(1);
    expect(await read()).toBe(arn);
  });
});
