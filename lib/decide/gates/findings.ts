import type { AllowedFinding, ScanPolicy, Severity } from '../../domain/policy.ts';
import { isPast } from '../../domain/instant.ts';
import type { ImageScan } from '../../domain/scan.ts';

const ranks: Record<Severity, number> = { critical: 4, high: 3, medium: 2, low: 1 };
const never = new Set(['INFORMATIONAL', 'TOTAL']);

/** How bad a severity is, in AWS's word: 4 is critical. One that is not rated (UNDEFINED, UNTRIAGED, or new) counts as low. */
export function rankOf(severity: string): number {
  if (never.has(severity)) return 0;
  const known = severity.toLowerCase();
  return Object.hasOwn(ranks, known) ? ranks[known as Severity] : ranks.low;
}

/** The findings that are not let in, by severity, worst first; empty where there are none. What is allowed for a while does not count. */
export function blockedFindings(
  { counts, findings = [] }: ImageScan,
  { block, allow }: Pick<ScanPolicy, 'block' | 'allow'>,
  now: Date,
): [severity: string, count: number][] {
  const allowed = new Set(standing(allow, now).map(({ id }) => id));
  return Object.entries(counts)
    .filter(([severity]) => rankOf(severity) >= ranks[block])
    .map(([severity, count]): [string, number] => {
      const excused = findings.filter((finding) => finding.severity === severity && allowed.has(finding.id)).length;
      return [severity, Math.max(0, count - excused)];
    })
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => rankOf(b) - rankOf(a) || (a < b ? -1 : 1));
}

/** The findings that are still put up with. */
export function standing(allow: AllowedFinding[], now: Date): AllowedFinding[] {
  return allow.filter(({ until }) => !isPast(until, now));
}

/** `2 CRITICAL, 1 HIGH` */
export function countsText(findings: [severity: string, count: number][]): string {
  return findings.map(([severity, count]) => `${count} ${severity}`).join(', ');
}
