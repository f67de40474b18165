/** What a status of a scan says: look at the counts; the result is still to come; or there will be none. */
export type ScanMeaning = 'counts' | 'wait' | 'otherwise';

/** Every status that ECR documents (aws-semantics C). */
export const scanMeanings: Readonly<Record<string, ScanMeaning>> = {
  COMPLETE: 'counts',
  ACTIVE: 'counts',
  IN_PROGRESS: 'wait',
  PENDING: 'wait',
  FAILED: 'otherwise',
  UNSUPPORTED_IMAGE: 'otherwise',
  SCAN_ELIGIBILITY_EXPIRED: 'otherwise',
  FINDINGS_UNAVAILABLE: 'otherwise',
  LIMIT_EXCEEDED: 'otherwise',
  IMAGE_ARCHIVED: 'otherwise',
};

/** The meaning of a status; without one the result is still to come, and what nobody knows is no result. */
export function meaningOf(status: string | undefined): ScanMeaning {
  if (status === undefined) return 'wait';
  return Object.hasOwn(scanMeanings, status) ? (scanMeanings[status] ?? 'otherwise') : 'otherwise';
}
