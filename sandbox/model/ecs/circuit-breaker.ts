import { invalid } from './errors.ts';

/** The circuit breaker as deploymentConfiguration has it. */
export interface CircuitBreaker {
  enable?: boolean | undefined;
  rollback?: boolean | undefined;
  resetOnHealthyTask?: boolean | undefined;
  thresholdConfiguration?: { type?: string | undefined; value?: number | undefined } | undefined;
}

/** Refuses a threshold that no count of failures could have. */
export function checkThreshold({ thresholdConfiguration }: CircuitBreaker): void {
  if (thresholdConfiguration === undefined) return;
  const { type, value = 0 } = thresholdConfiguration;
  if (!Number.isInteger(value) || value < 1 || (type !== 'COUNT' && value > 100))
    throw invalid('The value of thresholdConfiguration must be a whole number from 1 on; of a percentage 100 at most.');
}

/** How many failures trip the breaker at a desired count: by default half of it, at least 3 and at most 200. */
export function breakerThreshold(breaker: CircuitBreaker, desired: number): number {
  const { type = 'BOUNDED_PERCENT', value = 50 } = breaker.thresholdConfiguration ?? {};
  if (type === 'COUNT') return value;
  const share = Math.ceil((desired * value) / 100);
  return type === 'UNBOUNDED_PERCENT' ? Math.max(1, share) : Math.min(200, Math.max(3, share));
}
