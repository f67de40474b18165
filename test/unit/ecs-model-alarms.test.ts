import { describe, expect, it } from '@jest/globals';
import { EcsWorld, wantedRevisions } from '../fixtures/ecs-world.ts';

const guarded = (rollback = true) => ({ deploymentConfiguration: { alarms: { alarmNames: ['errors'], enable: true, rollback } } });

/** A service of two tasks with an alarm, COMPLETED, and a second revision under way. */
function underAlarm(rollback = true, run = 'healthy') {
  const world = new EcsWorld();
  const service = world.settled(world.revision('v1'), guarded(rollback));
  world.pass(300);
  const before = service.deployments[0]?.id;
  const begin = (): void => world.update(world.revision('v2', run));
  return { world, service, before, begin };
}

describe('alarms of a deployment', () => {
  it('fail it while it goes on, and take it back', () => {
    const { world, service, before, begin } = underAlarm();
    begin();
    world.pass(60);
    world.ecs.faults.setAlarm('errors', true);
    const failed = service.deployments[1]?.id;
    expect(world.rollouts().slice(-2)).toEqual([`FAILED ${failed}`, `IN_PROGRESS ${before}`]);
    expect(service.history[0]).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['errors'] },
      breaker: { status: 'DISABLED' },
    });
    world.ecs.faults.setAlarm('errors', true);
    expect(world.rollouts().at(-1)).toBe(`IN_PROGRESS ${before}`); // It rings on, and does not end the way back.
    world.pass(600);
    expect(service.history[0]).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    expect(wantedRevisions(service)).toEqual([1, 1]);
  });

  it('fail it without a way back where none is configured', () => {
    const { world, service, begin } = underAlarm(false);
    begin();
    world.pass(60);
    world.ecs.faults.setAlarm('errors', true);
    world.pass(600);
    expect(service.history[0]).toMatchObject({ status: 'STOPPED' });
    expect(world.rollouts().at(-1)).toMatch(/^FAILED/);
  });

  it('keep it IN_PROGRESS for a while after its tasks are healthy, and the old tasks with it', () => {
    const { world, service, begin } = underAlarm();
    begin();
    world.pass(120);
    expect(service.deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS' });
    expect(wantedRevisions(service)).toEqual([1, 1, 2, 2]);
    world.ecs.faults.setAlarm('errors', true);
    world.pass(300);
    expect(wantedRevisions(service)).toEqual([1, 1]);
  });

  it('let it complete when none rang', () => {
    const { world, service, begin } = underAlarm();
    begin();
    world.pass(600);
    expect(service.history[0]).toMatchObject({ status: 'SUCCESSFUL', alarms: { status: 'MONITORING_COMPLETE' } });
    expect(wantedRevisions(service)).toEqual([2, 2]);
  });

  it('are ignored for the whole deployment where one rang already when it began', () => {
    const { world, service, begin } = underAlarm();
    world.ecs.faults.setAlarm('errors', true);
    begin();
    world.pass(60);
    world.ecs.faults.setAlarm('errors', false);
    world.ecs.faults.setAlarm('errors', true);
    world.pass(600);
    expect(service.history[0]).toMatchObject({ status: 'SUCCESSFUL', alarms: { status: 'DISABLED' } });
  });

  it('mean nothing to a deployment that completed, nor to services that do not name them', () => {
    const { world, service, begin } = underAlarm();
    begin();
    world.pass(600);
    const told = world.rollouts().length;
    world.ecs.faults.setAlarm('errors', true);
    world.ecs.faults.setAlarm('latency', true);
    world.pass(600);
    expect(world.rollouts()).toHaveLength(told);
    expect(wantedRevisions(service)).toEqual([2, 2]);
  });
});
