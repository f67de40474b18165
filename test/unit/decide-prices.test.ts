import { describe, expect, it } from '@jest/globals';
import { priceOf } from '../../lib/decide/savings/price-of.ts';
import { worthOf } from '../../lib/decide/savings/worth.ts';
import type { Price, TaskShape } from '../../lib/domain/savings.ts';

const revision = 'arn:aws:ecs:eu-west-1:1:task-definition/web:7';

const price = (differing: Partial<Price> = {}): Price => ({
  launch: 'fargate',
  platform: 'linux/amd64',
  vcpuHour: 0.04,
  gbHour: 0.004,
  source: 'a list',
  ...differing,
});

const hours = (provider: string, taskHours: number, taskDefinition = revision) => ({
  month: '2026-11',
  provider,
  taskDefinition,
  taskHours,
});

describe('what hours are worth', () => {
  const shape: TaskShape = { size: { vcpu: 0.5, gb: 2 }, platform: 'linux/amd64' };
  const worth = (slept: ReturnType<typeof hours>[], shapes: [string, TaskShape][] = [[revision, shape]], prices = [price()]) =>
    worthOf(slept, { prices, region: 'eu-west-1', shapes: new Map(shapes) });

  it('is size by hours by price', () => {
    const { parts, ...sum } = worth([hours('FARGATE', 10), hours('FARGATE', 20)]);
    expect(sum).toEqual({ taskHours: 30, vcpuHours: 15, gbHours: 60, usd: 15 * 0.04 + 60 * 0.004 });
    expect(parts).toHaveLength(1);
  });

  it('is told without money where there is no price, beside what has one', () => {
    const found = worth([hours('FARGATE', 10), hours('EC2', 4), hours('FARGATE_SPOT', 2)]);
    expect(found).toMatchObject({ taskHours: 16, vcpuHours: 8, usd: 5 * 0.04 + 20 * 0.004 });
    expect(found.parts.map(({ provider, usd }) => `${provider} ${usd !== undefined}`)).toEqual([
      'FARGATE true',
      'EC2 false',
      'FARGATE_SPOT false',
    ]);
    expect(worth([hours('EC2', 4)])).not.toHaveProperty('usd');
  });

  it('is told in hours alone where nobody knows the size', () => {
    expect(worth([hours('FARGATE', 10)], [])).toEqual(expect.objectContaining({ taskHours: 10 }));
    expect(worth([hours('FARGATE', 10)], [])).not.toHaveProperty('vcpuHours');
    expect(worth([hours('FARGATE', 10)], [[revision, { platform: 'linux/amd64' }]])).not.toHaveProperty('usd');
  });

  it('is nothing of nothing', () => {
    expect(worth([])).toEqual({ taskHours: 0, parts: [] });
  });
});

describe('the price of an hour', () => {
  const prices = [
    price({ region: 'eu-west-1', vcpuHour: 1 }),
    price({ region: 'eu-west-1', platform: 'linux/arm64', vcpuHour: 2 }),
    price({ launch: 'fargate-spot', vcpuHour: 3 }),
    price({ vcpuHour: 4 }),
  ];

  it.each<[region: string, provider: string, platform: string | undefined, vcpuHour: number | undefined]>([
    ['eu-west-1', 'FARGATE', 'linux/amd64', 1],
    ['eu-west-1', 'FARGATE', 'linux/arm64', 2],
    ['eu-west-1', 'FARGATE_SPOT', 'linux/amd64', 3],
    ['us-east-1', 'FARGATE_SPOT', 'linux/amd64', 3],
    ['us-east-1', 'FARGATE', 'linux/amd64', 4],
    ['us-east-1', 'FARGATE', 'linux/arm64', undefined],
    ['eu-west-1', 'FARGATE', 'windows/amd64', undefined],
    ['eu-west-1', 'FARGATE', undefined, undefined],
    ['eu-west-1', 'EC2', 'linux/amd64', undefined],
    ['eu-west-1', 'our-instances', 'linux/amd64', undefined],
  ])('in %s on %s for %s', (region, provider, platform, vcpuHour) => {
    expect(priceOf(prices, region, provider, platform)?.vcpuHour).toBe(vcpuHour);
  });
});
