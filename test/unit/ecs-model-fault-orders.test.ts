import { describe, expect, it } from '@jest/globals';
import { createEcs } from '../../sandbox/ecs.ts';
import { ecsFault } from '../../sandbox/faults.ts';
import { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { EcrModel } from '../../sandbox/model/ecr/model.ts';
import { account, region } from '../fixtures/ecs-world.ts';

function anEcs() {
  const common = { agenda: new SteppedAgenda(new Date('2026-11-20T09:00:00Z')), emit: () => undefined, account, region };
  const ecs = createEcs({ ...common, images: new EcrModel(common) });
  ecs.model.createCluster('production');
  const document = { family: 'web', cpu: '256', memory: '512', containerDefinitions: [{ name: 'app', image: 'nginx' }] };
  const taskDefinition = ecs.model.definitions.register(document).arn;
  const service = ecs.model.createService({ cluster: 'production', serviceName: 'web', taskDefinition, desiredCount: 1 });
  return { ...ecs, service };
}

describe('faults that are ordered by name', () => {
  const named = { cluster: 'production', service: 'web' };

  it('move a task to another zone', () => {
    const ecs = anEcs();
    expect(ecsFault(ecs, { fault: 'az-rebalancing', ...named })).toEqual({ done: 'az-rebalancing on production/web' });
    expect(ecs.service.scheduling.rebalancing).toBe(1);
  });

  it('let an alarm ring and end', () => {
    const ecs = anEcs();
    ecs.service.settings.deploymentConfiguration = { alarms: { alarmNames: ['errors'], enable: true } };
    const ringing = (): string[] => ecs.model.deployments.alarms.ringing(ecs.service);
    expect(ecsFault(ecs, { fault: 'alarm', alarm: 'errors' })).toEqual({ done: 'alarm errors on' });
    expect(ringing()).toEqual(['errors']);
    ecsFault(ecs, { fault: 'alarm', alarm: 'errors', on: false });
    expect(ringing()).toEqual([]);
  });

  it('switch the throttling of calls', () => {
    const ecs = anEcs();
    expect(ecsFault(ecs, { fault: 'throttling' })).toEqual({ done: 'throttling on' });
    expect(ecs.model.callLimits.on).toBe(true);
    expect(ecsFault(ecs, { fault: 'throttling', on: false })).toEqual({ done: 'throttling off' });
    expect(ecs.model.callLimits.on).toBe(false);
  });

  it('are told where one is not known', () => {
    expect(() => ecsFault(anEcs(), { fault: 'flood' })).toThrow(/az-rebalancing, no-capacity, alarm, throttling; found flood$/);
  });
});
