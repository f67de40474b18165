import { blockedFindings, countsText } from './findings.ts';
import { pass, type GateAnswer, type GateFacts } from './gate.ts';
import { meaningOf } from './scan-status.ts';
import { isPast, plusMs } from '../../domain/instant.ts';
import type { ScanPolicy, ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';
import type { ImageScan } from '../../domain/scan.ts';

/**
 * Whether the scan of a candidate lets it in: worst findings first, then what is still to come, then scans that ended without a result.
 * Of an index every platform counts. A repository that nothing scans is noticed at once, for no wait would help.
 */
export const scanGate = (
  { candidate, scan }: Pick<GateFacts, 'candidate' | 'scan'>,
  { gates }: Pick<ServicePolicy, 'gates'>,
  now: Date,
): GateAnswer => {
  const policy = gates?.scan;
  if (policy === undefined) return pass;
  const { scans, onPush } = scan ?? { scans: [], onPush: true }; // Not asked is not known: it waits.
  const blocked = scans.find((one) => meaningOf(one.status) === 'counts' && blockedFindings(one, policy, now).length > 0);
  if (blocked !== undefined) return { answer: 'reject', reason: findingsReason(blocked, policy, now) };
  const pending = scans.length === 0 || scans.some((one) => meaningOf(one.status) === 'wait');
  const until = plusMs(candidate.pushedAt, policy.waitMs);
  if (pending && !onPush && scans.every((one) => one.status === undefined || meaningOf(one.status) === 'counts'))
    return otherwise(policy, { code: 'scan-missing', text: `nothing scans what is pushed to ${candidate.repository}` });
  if (pending && !isPast(until, now))
    return { answer: 'wait', until, reason: { code: 'scan-pending', text: 'its scan has no result yet' } };
  if (pending) return otherwise(policy, { code: 'scan-overdue', text: `its scan had no result by ${until}` });
  const unusable = scans.find((one) => meaningOf(one.status) === 'otherwise');
  if (unusable === undefined) return pass;
  return otherwise(policy, { code: 'scan-unusable', text: `its scan ended without a result: ${unusable.status ?? ''}` });
};

function otherwise({ otherwise: then }: ScanPolicy, reason: Reason): GateAnswer {
  return then === 'reject' ? { answer: 'reject', reason } : { answer: 'pass', note: `${reason.text}, and gates.scan.otherwise is deploy` };
}

function findingsReason(scan: ImageScan, policy: ScanPolicy, now: Date): Reason {
  const text = `its scan found ${countsText(blockedFindings(scan, policy, now))}, and gates.scan.block is ${policy.block}`;
  return { code: 'scan-findings', text };
}
