const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED', 'UNTRIAGED'] as const;
export const scanStatuses = [
  'COMPLETE',
  'FAILED',
  'UNSUPPORTED_IMAGE',
  'ACTIVE',
  'PENDING',
  'IN_PROGRESS',
  'SCAN_ELIGIBILITY_EXPIRED',
  'FINDINGS_UNAVAILABLE',
  'LIMIT_EXCEEDED',
  'IMAGE_ARCHIVED',
] as const;

export type Severity = (typeof severities)[number];
export type ScanStatus = (typeof scanStatuses)[number];

/** How many findings of each severity; a severity without any has no entry. */
export type SeverityCounts = Partial<Record<Severity, number>>;

/** What a scan of an image comes to. */
export interface ScanOutcome {
  /** Undefined: it goes through. */
  status: ScanStatus | undefined;
  counts: SeverityCounts;
}

/** Reads `CRITICAL=1,HIGH=2`, or the name of a status in which the scan ends. What is not understood fails the scan. */
export function parseFindings(text: string | undefined): ScanOutcome {
  if (text === undefined || text.trim() === '') return { status: undefined, counts: {} };
  const status = scanStatuses.find((known) => known === text.trim());
  if (status !== undefined) return { status, counts: {} };
  const counts: SeverityCounts = {};
  for (const part of text.split(',')) {
    const [, name, amount] = /^\s*([A-Z]+)=(\d{1,4})\s*$/.exec(part) ?? [];
    const severity = severities.find((known) => known === name);
    if (severity === undefined) return { status: 'FAILED', counts: {} };
    if (Number(amount) > 0) counts[severity] = Number(amount);
  }
  return { status: undefined, counts };
}

/** The single findings, worst first: each by its severity and its number among those. */
export function singly(counts: SeverityCounts): { severity: Severity; number: number }[] {
  return severities.flatMap((severity) => Array.from({ length: counts[severity] ?? 0 }, (_, number) => ({ severity, number })));
}
