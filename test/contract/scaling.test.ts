import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ScalableTarget } from '../../lib/domain/sleep.ts';
import { cloudImplementations } from './cloud-implementations.ts';
import type { Cloud } from './cloud.ts';

const awake: ScalableTarget = { min: 1, max: 8, suspended: { in: false, out: false, scheduled: true } };
const asleep: ScalableTarget = { min: 0, max: 8, suspended: { in: false, out: true, scheduled: true } };

describe.each(cloudImplementations)('Scaling on %s', (_, open) => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await open();
  });
  afterAll(() => cloud.close());

  const counts = async (key: string) => {
    await cloud.letComplete(key);
    const { desiredCount, runningCount } = (await cloud.services.read(key)) ?? {};
    return { desiredCount, runningCount };
  };

  it('knows no target of a service that does not scale by itself', async () => {
    const { key } = await cloud.steadyService('still');
    expect(await cloud.scaling.target(key)).toBeUndefined();
    expect(await cloud.scaling.target('production/unknown')).toBeUndefined();
  });

  it('tells bounds and each switch as they are', async () => {
    const { key } = await cloud.steadyService('told');
    await cloud.letScale(key, awake);
    expect(await cloud.scaling.target(key)).toEqual(awake);
    await cloud.scaling.bound(key, asleep);
    expect(await cloud.scaling.target(key)).toEqual(asleep);
  });

  it('sets a count, and leaves what runs', async () => {
    const { key, taskDefinition } = await cloud.steadyService('counted');
    await cloud.scaling.scale(key, 0);
    expect(await counts(key)).toEqual({ desiredCount: 0, runningCount: 0 });
    const { rollouts } = (await cloud.services.read(key)) ?? {};
    expect(rollouts).toMatchObject([{ status: 'PRIMARY', taskDefinition, state: 'COMPLETED' }]);
    await cloud.scaling.scale(key, 3);
    expect(await counts(key)).toEqual({ desiredCount: 3, runningCount: 3 });
  });

  it('leaves a count that is inside its bounds, and brings any other inside', async () => {
    const { key } = await cloud.steadyService('bounded');
    await cloud.letScale(key, awake);
    await cloud.scaling.bound(key, asleep);
    expect(await counts(key)).toMatchObject({ desiredCount: 2 });
    await cloud.scaling.scale(key, 0);
    await cloud.scaling.bound(key, { ...awake, min: 4 });
    expect(await counts(key)).toEqual({ desiredCount: 4, runningCount: 4 });
  });

  it('refuses what is not there', async () => {
    await expect(cloud.scaling.scale('production/unknown', 1)).rejects.toMatchObject({ name: 'MissingError', what: 'service' });
    await expect(cloud.scaling.bound('production/unknown', awake)).rejects.toMatchObject({ name: 'RefusedError' });
  });
});
