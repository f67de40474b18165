import type { Seen } from '../domain/head.ts';
import type { ServicePolicy } from '../domain/policy.ts';

/** Whether what is seen is over. What was rejected under another policy is asked anew, and so is what only waited: its tag may have moved away, and be back. */
export function isDecided({ outcome, policy: under }: Seen, policy: ServicePolicy): boolean {
  if (outcome === 'rejected') return under === policy.hash;
  return outcome !== 'waiting';
}
