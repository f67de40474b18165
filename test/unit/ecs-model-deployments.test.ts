import { describe, expect, it } from '@jest/globals';
import { EcsWorld, firstTask, wantedRevisions } from '../fixtures/ecs-world.ts';

const twoRevisions = (): [EcsWorld, ReturnType<EcsWorld['revision']>, ReturnType<EcsWorld['revision']>] => {
  const world = new EcsWorld();
  return [world, world.revision('v1'), world.revision('v2')];
};

describe('a deployment of a service', () => {
  it('replaces the tasks, never has fewer than the lower limit, and ends with the new revision alone', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first, { desiredCount: 3 });
    world.update(second);
    for (let i = 0; i < 240; i++) {
      world.pass(1);
      const wanted = wantedRevisions(service);
      expect(wanted.length).toBeLessThanOrEqual(6);
      const ready = service.deployments
        .flatMap(({ tasks }) => [...tasks])
        .filter((task) => task.desiredStatus === 'RUNNING' && task.healthy);
      expect(ready.length).toBeGreaterThanOrEqual(3);
    }
    expect(wantedRevisions(service)).toEqual([2, 2, 2]);
    expect(service.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED', definition: { revision: 2 } }]);
  });

  it('keeps between the limits where less than all must be healthy and little more is allowed', () => {
    const [world, first, second] = twoRevisions();
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 125 };
    const service = world.settled(first, { desiredCount: 5, deploymentConfiguration });
    world.update(second);
    let fewest = 5;
    for (let i = 0; i < 400; i++) {
      world.pass(1);
      expect(wantedRevisions(service).length).toBeLessThanOrEqual(6);
      const ready = service.deployments
        .flatMap(({ tasks }) => [...tasks])
        .filter((task) => task.desiredStatus === 'RUNNING' && task.healthy);
      fewest = Math.min(fewest, ready.length);
    }
    expect(fewest).toBe(3);
    expect(wantedRevisions(service)).toEqual([2, 2, 2, 2, 2]);
  });

  it('completes about 40 seconds after the last task reached RUNNING, and not before', () => {
    const world = new EcsWorld();
    const service = world.serve(world.revision('v1'), { desiredCount: 1 });
    const completes = () => world.rollouts().filter((turn) => turn.startsWith('COMPLETED')).length;
    while (firstTaskStart(service) === undefined) world.pass(1);
    const startedAtMs = firstTaskStart(service) ?? 0;
    world.agenda.runUntil(new Date(startedAtMs + 39_999));
    expect(completes()).toBe(0);
    world.agenda.runUntil(new Date(startedAtMs + 43_000));
    expect(completes()).toBe(1);
  });

  it('tells each rollout by its own id, with reasons in AWS words', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first);
    const before = service.deployments[0]?.id ?? '';
    world.update(second);
    const after = service.deployments[0]?.id ?? '';
    world.pass(300);
    expect(before).toMatch(/^ecs-svc\/\d{19}$/);
    expect(world.rollouts()).toEqual([`IN_PROGRESS ${before}`, `COMPLETED ${before}`, `IN_PROGRESS ${after}`, `COMPLETED ${after}`]);
    expect(world.seen('ECS Deployment State Change').at(-1)?.detail['reason']).toBe(`ECS deployment ${after} completed.`);
  });

  it.each<[name: string, input: Record<string, unknown>, began: boolean]>([
    ['does not begin for the same task definition', { taskDefinition: 'my-web-app:1' }, false],
    ['does not begin for a desired count alone', { desiredCount: 5 }, false],
    ['does not begin for a deployment configuration', { deploymentConfiguration: { maximumPercent: 150 } }, false],
    ['begins for the same task definition when forced', { taskDefinition: 'my-web-app:1', forceNewDeployment: true }, true],
    ['begins for another task definition', { taskDefinition: 'my-web-app:2' }, true],
    ['begins for a network configuration', { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } }, true],
  ])('%s', (_, input, began) => {
    const [world, first] = twoRevisions();
    const service = world.settled(first);
    const before = service.deployments[0]?.id;
    world.update(undefined, input);
    expect(service.deployments[0]?.id !== before).toBe(began);
  });

  it('leaves the desired count as it is, unless it is named', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first, { desiredCount: 3 });
    world.update(second);
    expect(service.desiredCount).toBe(3);
    world.update(undefined, { desiredCount: 0 });
    expect(service.desiredCount).toBe(0);
  });

  it('completes at once at a desired count of 0, and has resolved no digest', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first, { desiredCount: 0 });
    world.update(second);
    world.pass(5);
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED', definition: { revision: 2 } }]);
    expect(service.revisions[0]?.digests.size).toBe(0);
    expect(world.seen('ECS Task State Change')).toEqual([]);
  });

  it('never completes while its tasks crash before they count as healthy, and starts new ones all the time', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'));
    world.update(world.revision('v2', 'crash after=30s'));
    world.pass(1800);
    const crashes = world.seen('ECS Task State Change').filter(({ detail }) => detail['lastStatus'] === 'STOPPED');
    expect(service.deployments).toMatchObject([{ rolloutState: 'IN_PROGRESS', failedTasks: 0 }, { definition: { revision: 1 } }]);
    expect(crashes.length).toBeGreaterThan(30);
    expect(wantedRevisions(service).filter((revision) => revision === 1)).toEqual([1, 1]);
  });

  it('replaces a crashed task of a completed deployment without a new one', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1', 'crash after=10m'), { desiredCount: 1 });
    const { id } = firstTask(service);
    world.pass(600);
    expect(firstTask(service).id).not.toBe(id);
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }]);
  });

  it('replaces a crashed old task by an old one while the new one is not there', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 2 });
    world.update(world.revision('v2', 'crash after=30s'));
    world.pass(60);
    world.ecs.faults.retireHost([...(service.deployments[1]?.tasks ?? [])][0] as never);
    world.pass(60);
    expect(wantedRevisions(service).filter((revision) => revision === 1)).toEqual([1, 1]);
  });

  it('is superseded by the next: stopped on record, told by no event', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first);
    world.update(second);
    const superseded = service.deployments[0]?.id;
    world.pass(30);
    world.update(world.revision('v3'));
    expect(service.deployments.map(({ status, definition }) => [status, definition.revision])).toEqual([
      ['PRIMARY', 3],
      ['ACTIVE', 2],
      ['ACTIVE', 1],
    ]);
    world.pass(300);
    expect(world.rollouts().filter((turn) => turn.endsWith(superseded ?? ''))).toEqual([`IN_PROGRESS ${superseded}`]);
    expect(service.history.map(({ status }) => status)).toEqual(['SUCCESSFUL', 'STOPPED', 'SUCCESSFUL']);
    expect(wantedRevisions(service)).toEqual([3, 3]);
  });

  it('is PENDING until the scheduler takes it up, and where it was superseded STOP_REQUESTED until its tasks are gone', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first);
    world.update(second);
    const statuses = (): string[] => service.history.map(({ status }) => status);
    expect(statuses()).toEqual(['PENDING', 'SUCCESSFUL']);
    expect(service.history[0]?.startedAtMs).toBeUndefined();
    world.pass(2);
    expect(statuses()).toEqual(['IN_PROGRESS', 'SUCCESSFUL']);
    expect(service.history[0]?.startedAtMs).toBeDefined();
    world.pass(40);
    world.update(world.revision('v3'));
    world.pass(2);
    expect(statuses()).toEqual(['IN_PROGRESS', 'STOP_REQUESTED', 'SUCCESSFUL']);
    expect(service.history[1]?.finishedAtMs).toBeUndefined();
    while (service.deployments.some(({ definition }) => definition === second)) world.pass(1);
    expect(statuses()).toEqual(['IN_PROGRESS', 'STOPPED', 'SUCCESSFUL']);
    expect(service.history[1]).toMatchObject({
      statusReason: 'Superseded by a newer service deployment.',
      finishedAtMs: expect.any(Number),
    });
  });

  it('does not move at 100 and 100 per cent with one task, and nothing says so', () => {
    const [world, first, second] = twoRevisions();
    const deploymentConfiguration = {
      minimumHealthyPercent: 100,
      maximumPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    };
    const service = world.settled(first, { desiredCount: 1, deploymentConfiguration });
    world.update(second);
    const told = world.events.length;
    world.pass(24 * 3600);
    expect(service.deployments).toMatchObject([{ rolloutState: 'IN_PROGRESS', failedTasks: 0 }, { definition: { revision: 1 } }]);
    expect(world.events).toHaveLength(told);
  });

  it('completes at once where the desired count goes to 0 meanwhile, and starts its tasks when it rises', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first, { desiredCount: 2 });
    world.update(second);
    world.pass(15);
    world.update(undefined, { desiredCount: 0 });
    world.pass(60);
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED', definition: { revision: 2 } }]);
    expect(wantedRevisions(service)).toEqual([]);
    world.update(undefined, { desiredCount: 4 });
    world.pass(120);
    expect(wantedRevisions(service)).toEqual([2, 2, 2, 2]);
  });

  it('is refused while five are active', () => {
    const [world, first] = twoRevisions();
    world.settled(first);
    for (let i = 0; i < 4; i++) world.update(first, { forceNewDeployment: true });
    expect(() => world.update(first, { forceNewDeployment: true, desiredCount: 9 })).toThrow('5 active deployments exist');
    expect(world.ecs.service('production', 'my-web-app').desiredCount).toBe(2);
  });

  it('goes back when it is asked to stop, whatever the service is configured to', () => {
    const [world, first, second] = twoRevisions();
    const service = world.settled(first);
    const [before] = service.deployments;
    world.update(second);
    world.pass(40);
    const [record] = service.history;
    if (record !== undefined) world.ecs.stopServiceDeployment(service, record);
    expect(record?.status).toBe('ROLLBACK_REQUESTED');
    world.pass(2);
    expect(record?.status).toBe('ROLLBACK_IN_PROGRESS');
    world.pass(120);
    expect(service.deployments).toEqual([before]);
    expect(record).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', rollback: { revisionArn: before?.revisionArn } });
  });
});

function firstTaskStart(service: Parameters<typeof firstTask>[0]): number | undefined {
  return [...(service.deployments[0]?.tasks ?? [])][0]?.startedAtMs;
}
