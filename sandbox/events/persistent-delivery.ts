import type { Clock } from '../clock.ts';
import type { DeliveryFault } from '../delivery.ts';

/** How long a target that is throttled is tried again. */
export interface RetryPolicy {
  MaximumRetryAttempts?: number | undefined;
  MaximumEventAgeInSeconds?: number | undefined;
}

/** Why it was given up: absent where no further try would have helped. */
export interface GivenUp {
  fault: DeliveryFault;
  retries: number;
  exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
}

const defaults = { attempts: 185, ageSeconds: 86_400 };
const firstDelayMs = 1_000;
const longestDelayMs = 300_000;

/** Delivers, and tries again with growing delays while the target is throttled; any other fault is final. */
export function deliverPersistently(clock: Clock, policy: RetryPolicy | undefined, attempt: (number: number) => DeliveryFault | undefined, giveUp: (given: GivenUp) => void): void {
  const { MaximumRetryAttempts: retriesMax = defaults.attempts, MaximumEventAgeInSeconds: ageSeconds = defaults.ageSeconds } = policy ?? {};
  const endMs = clock.now().getTime() + ageSeconds * 1000;
  const run = (retries: number): void => {
    const fault = attempt(retries + 1);
    if (!fault) return;
    if (fault.code !== 'THROTTLING') return giveUp({ fault, retries });
    if (retries >= retriesMax) return giveUp({ fault, retries, exhausted: 'MaximumRetryAttempts' });
    const againMs = clock.now().getTime() + Math.min(firstDelayMs * 2 ** retries, longestDelayMs);
    if (againMs > endMs) clock.agenda.at(new Date(endMs), () => giveUp({ fault, retries, exhausted: 'MaximumEventAgeInSeconds' }));
    else clock.agenda.at(new Date(againMs), () => run(retries + 1));
    return undefined;
  };
  run(0);
}
