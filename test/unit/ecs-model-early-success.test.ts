import { describe, expect, it } from '@jest/globals';
import type { EarlySuccess } from '../../sandbox/model/ecs/service.ts';
import { refusalOf } from '../fixtures/aws-calls.ts';
import { EcsWorld, wantedRevisions } from '../fixtures/ecs-world.ts';

/** A service of four that a second revision replaces, of which one task starts ten minutes after the others. */
function replaced(criteria: EarlySuccess) {
  const world = new EcsWorld();
  const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 200, earlySuccessCriteria: { enable: true, ...criteria } };
  const service = world.settled(world.revision('v1'), { desiredCount: 4, deploymentConfiguration });
  world.update(world.revision('v2', 'healthy start=1m'));
  world.pass(2);
  world.ecs.faults.noCapacity(service, true);
  const [, late] = [...(service.deployments[0]?.tasks ?? [])];
  if (late !== undefined) world.ecs.stopTask('production', late.arn); // Its replacement finds no room for a while.
  world.pass(240);
  return { world, service };
}
const runs = (service: ReturnType<typeof replaced>['service']): string => wantedRevisions(service).join('');

describe('early success of a deployment', () => {
  it('is reached by the share that is healthy, once the tasks before are gone where the cleanup is blocking', () => {
    const { world, service } = replaced({ healthyPercent: 75, sourceServiceRevisionCleanup: 'BLOCKING' });
    expect([service.deployments[0]?.rolloutState, runs(service)]).toEqual(['COMPLETED', '222']);
    expect(service.history[0]?.status).toBe('SUCCESSFUL');
    world.ecs.faults.noCapacity(service, false);
    world.pass(180);
    expect(runs(service)).toBe('2222'); // It goes on to what is desired.
  });

  it('is not reached below the share', () => {
    const { service } = replaced({ healthyPercent: 76, sourceServiceRevisionCleanup: 'BLOCKING' });
    expect(service.deployments[0]?.rolloutState).toBe('IN_PROGRESS');
  });

  it('is reached beside tasks of the revision before where their cleanup is deferred, and no breaker goes back any more', () => {
    const { world, service } = replaced({ healthyPercent: 75, sourceServiceRevisionCleanup: 'DEFERRED' });
    expect(service.deployments.map(({ status, rolloutState }) => [status, rolloutState])).toEqual([
      ['PRIMARY', 'COMPLETED'],
      ['ACTIVE', 'COMPLETED'],
    ]);
    expect(runs(service)).toMatch(/^1+222$/);
    world.ecs.faults.noCapacity(service, false);
    world.pass(900);
    expect(runs(service)).toBe('2222');
    expect(service.deployments).toHaveLength(1);
    expect(world.actions().at(-1)).toBe('SERVICE_STEADY_STATE');
  });

  it('is off unless it is enabled', () => {
    const { service } = replaced({ enable: false, healthyPercent: 75, sourceServiceRevisionCleanup: 'DEFERRED' });
    expect(service.deployments[0]?.rolloutState).toBe('IN_PROGRESS');
  });

  it.each<[name: string, criteria: EarlySuccess]>([
    ['without a share', { sourceServiceRevisionCleanup: 'BLOCKING' }],
    ['without a cleanup', { healthyPercent: 75 }],
    ['with a share below what must be healthy', { healthyPercent: 49, sourceServiceRevisionCleanup: 'BLOCKING' }],
    ['with a share above all', { healthyPercent: 101, sourceServiceRevisionCleanup: 'BLOCKING' }],
  ])('is refused %s', (_, criteria) => {
    expect(refusalOf(() => replaced(criteria))).toMatch(/^InvalidParameterException: /);
  });
});
