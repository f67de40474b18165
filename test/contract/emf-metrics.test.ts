import { describe, expect, it } from '@jest/globals';
import { emfMetrics } from '../../lib/adapters/emf-metrics.ts';

describe('Metrics in the embedded format', () => {
  it('are one line each, with all that CloudWatch needs to make a metric of it', () => {
    const lines: string[] = [];
    const before = Date.now();
    emfMetrics('staging', (line) => lines.push(line)).count('LostEventsHealed', 2);
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
});
