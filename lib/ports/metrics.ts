import type { MetricName } from '../domain/metric.ts';

/** Figures for a dashboard. Told at most once, never waited for, and nothing is decided by them. */
export interface Metrics {
  /** Times in seconds. */
  put(name: MetricName, value: number): void;
}
