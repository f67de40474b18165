import type { Seen } from '../domain/head.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason, ReasonCode } from '../domain/reason.ts';

/** Rejections of which the image was not the cause, or not the image alone: what was may change while the image stays what it is. */
const passing: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'service-missing',
  'service-inactive',
  'unsupported-kind',
  'no-container',
  'platform-mismatch',
  'carries-quarantined',
  'scan-missing',
  'scan-overdue',
  'scan-unusable',
  'image-missing',
]);

/**
 * Whether what is seen is over. What was rejected under another policy is asked anew, and so is what only waited: its tag may have moved away, and be
 * back. What something else than the image kept out is asked until that has changed; while the head's obstacle stands, it has not.
 */
export function isDecided({ outcome, policy: under, reason }: Seen, policy: ServicePolicy, obstacle: Reason | undefined): boolean {
  if (outcome === 'rejected') return under === policy.hash && (!passing.has(reason.code) || reason.code === obstacle?.code);
  return outcome !== 'waiting';
}
