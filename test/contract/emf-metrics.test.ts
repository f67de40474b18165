import { describe, expect, it } from '@jest/globals';
import type { MetricName } from '../../lib/domain/metric.ts';
import { emfMetrics } from '../../lib/adapters/emf-metrics.ts';

describe('Metrics in the embedded format', () => {
  it('are one line each, with all that CloudWatch needs to make a metric of it', () => {
    const lines: string[] = [];
    const before = Date.now();
    emfMetrics('staging', (line) => lines.push(line)).put('LostEventsHealed', 2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    const told = JSON.parse(lines[0] ?? '') as { _aws: { Timestamp: number } };
    expect(told).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [{ Namespace: 'EcsAutopilot', Dimensions: [['stage']], Metrics: [{ Name: 'LostEventsHealed', Unit: 'Count' }] }],
      },
      stage: 'staging',
      LostEventsHealed: 2,
    });
    expect(told['_aws'].Timestamp).toBeGreaterThanOrEqual(before);
    expect(told['_aws'].Timestamp).toBeLessThanOrEqual(Date.now());
  });

  it.each<[MetricName, string]>([
    ['Deployments', 'Count'],
    ['Rollbacks', 'Count'],
    ['LeadTime', 'Seconds'],
    ['TimeToRestore', 'Seconds'],
    ['AlertsSent', 'Count'],
    ['AlertsFailed', 'Count'],
  ])('tell that %s is in %s', (name, unit) => {
    const lines: string[] = [];
    emfMetrics('staging', (line) => lines.push(line)).put(name, 90);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: name, Unit: unit }] }] },
      [name]: 90,
    });
  });
});
