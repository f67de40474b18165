import { expect, it } from '@jest/globals';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

const [front, admin] = ['production/front', 'production/admin'];
const nights = { fixture: 'gates', uncheckedLayers: true };
const awake = { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: true };
const asleep = { ...awake, DynamicScalingOutSuspended: true };

const address = (service: string) => ({
  ServiceNamespace: 'ecs',
  ResourceId: `service/${service}`,
  ScalableDimension: 'ecs:service:DesiredCount',
});

async function letScale(here: Installation, service: string): Promise<void> {
  const bounds = { MinCapacity: 1, MaxCapacity: 4, SuspendedState: awake };
  await here.sandbox.call('application-autoscaling', 'RegisterScalableTarget', { ...address(service), ...bounds });
}

async function boundsOf(here: Installation, service: string): Promise<object | undefined> {
  const { ServiceNamespace, ResourceId } = address(service);
  const found = await here.sandbox.call('application-autoscaling', 'DescribeScalableTargets', {
    ServiceNamespace,
    ResourceIds: [ResourceId],
  });
  return (found as { ScalableTargets: object[] }).ScalableTargets[0];
}

async function counts(here: Installation, service: string): Promise<string> {
  const { desiredCount, runningCount } = await here.service(service);
  return `${runningCount} of ${desiredCount}`;
}

it(
  'services sleep by their schedule, get an image meanwhile, and wake as they were, one after the other, tested and rolled back',
  played(async (here) => {
    await letScale(here, front);
    await here.minutes(12); // 08:27
    expect([await counts(here, front), await counts(here, admin)]).toEqual(['0 of 0', '0 of 0']);
    expect(await boundsOf(here, front)).toMatchObject({ MinCapacity: 0, MaxCapacity: 4, SuspendedState: asleep });
    expect((await here.head(front))?.sleep?.saved.desired).toBe(2);
    await here.push('shop', 'latest', 'crash after=20s exit=1', 'bad');
    await here.minutes(11); // 08:38
    expect([await counts(here, front), await counts(here, admin)]).toEqual(['0 of 0', '0 of 0']);
    expect((await here.head(front))?.current).toMatchObject({ state: 'baking', untested: true });
    await here.minutes(10); // 08:48
    expect([await counts(here, front), await counts(here, admin)]).toEqual(['2 of 2', '2 of 2']);
    expect(await boundsOf(here, front)).toMatchObject({ MinCapacity: 1, MaxCapacity: 4, SuspendedState: awake });
    expect(await here.revision(front)).toBe('front:1');
    expect(here.states(front)).toEqual(expect.arrayContaining(['asleep', 'awake', 'rolling-back', 'rolled-back']));
    expect(here.calls.filter(({ caller }) => !caller.includes('tick')).map(({ operation }) => operation)).not.toContain(
      'RegisterScalableTarget',
    );
  }, nights),
);
