import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { primaryRollout } from '../../lib/domain/service.ts';
import { cloudImplementations } from './cloud-implementations.ts';
import type { Cloud } from './cloud.ts';

describe.each(cloudImplementations)('Services on %s', (_, open) => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await open();
  });
  afterAll(() => cloud.close());

  it('tells a steady service as it is', async () => {
    const { key, taskDefinition } = await cloud.steadyService('steady');
    const service = await cloud.services.read(key);
    const counts = { desiredCount: 2, runningCount: 2 };
    expect(service).toMatchObject({ key, status: 'ACTIVE', controller: 'ECS', strategy: 'ROLLING', taskDefinition, ...counts });
    expect(service?.rollouts).toMatchObject([{ status: 'PRIMARY', state: 'COMPLETED', taskDefinition, pendingCount: 0, ...counts }]);
    expect(service?.rollouts[0]?.id).toMatch(/^ecs-svc\/\d+$/);
  });

  it('knows no service that is not there', async () => {
    expect(await cloud.services.read('production/unknown')).toBeUndefined();
  });

  it('throws where the cluster is not there', async () => {
    await expect(cloud.services.read('nowhere/web')).rejects.toMatchObject({ name: 'MissingError', what: 'cluster' });
    await expect(cloud.services.run('nowhere/web', 'web:1')).rejects.toMatchObject({ name: 'MissingError', what: 'cluster' });
  });

  it('begins a rollout of another revision and leaves the desired count', async () => {
    const { key, taskDefinition } = await cloud.steadyService('rolling');
    const [before] = (await cloud.services.read(key))?.rollouts ?? [];
    const next = await cloud.nextRevision('rolling');
    const told = await cloud.services.run(key, next);
    expect(told).toMatchObject({ key, taskDefinition: next, desiredCount: 2 });
    expect(primaryRollout(told)).toMatchObject({ taskDefinition: next, state: 'IN_PROGRESS' });
    expect(primaryRollout(told)?.id).not.toBe(before?.id);
    expect(told.rollouts).toContainEqual(expect.objectContaining({ id: before?.id, status: 'ACTIVE', taskDefinition }));
  });

  it('completes a rollout alone', async () => {
    const { key } = await cloud.steadyService('completing');
    const next = await cloud.nextRevision('completing');
    await cloud.services.run(key, next);
    await cloud.letComplete(key);
    expect((await cloud.services.read(key))?.rollouts).toMatchObject([
      { status: 'PRIMARY', state: 'COMPLETED', taskDefinition: next, runningCount: 2 },
    ]);
  });

  it('begins nothing where the service runs that revision already', async () => {
    const { key, taskDefinition } = await cloud.steadyService('repeated');
    const before = await cloud.services.read(key);
    expect((await cloud.services.run(key, taskDefinition)).rollouts).toEqual(before?.rollouts);
  });

  it('throws where a service that is not there is told to run', async () => {
    const taskDefinition = await cloud.nextRevision('absent');
    await expect(cloud.services.run('production/absent', taskDefinition)).rejects.toMatchObject({ name: 'MissingError', what: 'service' });
  });

  it('throws where a service that was deleted is told to run', async () => {
    const { key, taskDefinition } = await cloud.steadyService('deleted');
    await cloud.delete(key);
    expect((await cloud.services.read(key))?.status).toBe('INACTIVE');
    await expect(cloud.services.run(key, taskDefinition)).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'ServiceNotActiveException',
    });
  });

  it('tells which digest each container runs', async () => {
    const { key, taskDefinition, digest } = await cloud.steadyService('digests');
    expect(await cloud.services.runningDigests(key, taskDefinition)).toEqual({ web: digest });
    expect(await cloud.services.runningDigests(key, taskDefinition.replace(/\d+$/, '99'))).toEqual({});
  });

  it('tells no stopped task of a service whose tasks run', async () => {
    const { key } = await cloud.steadyService('healthy');
    expect(await cloud.services.stoppedTasks(key)).toEqual([]);
  });

  it('tells a task that stopped, with its revision and its exit code', async () => {
    const { key, taskDefinition } = await cloud.crashingService('crashing');
    const [stopped] = await cloud.services.stoppedTasks(key);
    expect(stopped).toMatchObject({ service: key, taskDefinition, ofService: true, stopCode: 'EssentialContainerExited' });
    expect(stopped?.containers).toContainEqual(expect.objectContaining({ name: 'web', exitCode: 1 }));
  });
});
