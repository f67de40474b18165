import type { MetricName } from '../domain/metric.ts';
import type { Metrics } from '../ports/metrics.ts';

/** Of no use to anybody who did not ask for them: each costs money. */
export const noMetrics: Metrics = { put: () => undefined };

const seconds: ReadonlySet<MetricName> = new Set(['LeadTime', 'TimeToRestore']);

/**
 * Metrics in CloudWatch's embedded metric format: a line of the log of which CloudWatch makes a metric, without a call. Written to the standard output as it
 * is: through console.log, under JSON logs, it would be wrapped and make none.
 */
export function emfMetrics(stage: string, write: (line: string) => unknown = (line) => process.stdout.write(line)): Metrics {
  return {
    put: (name, value) => {
      const described = {
        Namespace: 'EcsAutopilot',
        Dimensions: [['stage']],
        Metrics: [{ Name: name, Unit: seconds.has(name) ? 'Seconds' : 'Count' }],
      };
      write(`${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [described] }, stage, [name]: value })}\n`);
    },
  };
}
