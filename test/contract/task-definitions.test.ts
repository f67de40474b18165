import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskDefinition } from '../../lib/domain/task-definition.ts';
import { cloudImplementations } from './cloud-implementations.ts';
import type { Cloud } from './cloud.ts';

const images = { web: 'my-web-app:latest', log: 'log:1' };

describe.each(cloudImplementations)('TaskDefinitions on %s', (_, open) => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await open();
  });
  afterAll(() => cloud.close());

  const read = async (name: string): Promise<TaskDefinition> => (await cloud.taskDefinitions.read(name)) as TaskDefinition;

  it('reads one by ARN and by family and revision', async () => {
    const arn = await cloud.register('read', images);
    const found = await read(arn);
    expect(found).toMatchObject({ arn, family: 'read', revision: 1, active: true, tags: {} });
    expect(found.containers).toEqual([
      { name: 'web', image: 'my-web-app:latest', essential: true },
      { name: 'log', image: 'log:1', essential: true },
    ]);
    expect((await read('read:1')).arn).toBe(arn);
  });

  it.each(['unknown', 'unknown:1', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/unknown:1'])('knows none by %s', async (name) => {
    expect(await cloud.taskDefinitions.read(name)).toBeUndefined();
  });

  it('reads by family the newest that is active, and tells what is not', async () => {
    const arns = [
      await cloud.register('deregistered', images),
      await cloud.register('deregistered', images),
      await cloud.register('deregistered', images),
    ];
    await cloud.deregister(arns[2] ?? '');
    expect((await read('deregistered')).arn).toBe(arns[1]);
    expect((await read(arns[2] ?? '')).active).toBe(false);
  });

  it('copies one as the next revision: the named images and our tags differ', async () => {
    const source = await read(await cloud.register('copied', images));
    const { taskDefinition, lost } = await cloud.taskDefinitions.registerCopy(
      source,
      { web: 'my-web-app@sha256:b' },
      { 'autopilot:deployment': '01' },
    );
    expect(lost).toEqual([]);
    expect(taskDefinition).toMatchObject({ family: 'copied', revision: 2, active: true });
    expect(taskDefinition.containers.map(({ image }) => image)).toEqual(['my-web-app@sha256:b', 'log:1']);
    expect((await read(taskDefinition.arn)).tags).toEqual({ 'autopilot:deployment': '01' });
  });

  it('copies a copy, whose tags stay but for those that are given anew', async () => {
    const source = await read(await cloud.register('twice', images));
    const first = await cloud.taskDefinitions.registerCopy(source, {}, { 'autopilot:deployment': '01', 'autopilot:image': 'x' });
    const again = await read(first.taskDefinition.arn);
    const second = await cloud.taskDefinitions.registerCopy(again, {}, { 'autopilot:deployment': '02' });
    expect((await read(second.taskDefinition.arn)).tags).toEqual({ 'autopilot:deployment': '02', 'autopilot:image': 'x' });
  });

  it('registers anew each time, even where nothing differs', async () => {
    const source = await read(await cloud.register('repeated', images));
    await cloud.taskDefinitions.registerCopy(source, {}, {});
    expect((await cloud.taskDefinitions.registerCopy(source, {}, {})).taskDefinition.revision).toBe(3);
  });

  it('copies none for a container that it does not have', async () => {
    const source = await read(await cloud.register('other', images));
    await expect(cloud.taskDefinitions.registerCopy(source, { api: 'x' }, {})).rejects.toThrow('no container api');
  });
});
