import type { Digest } from './image.ts';

/** What the latest scan of one image tells. */
export interface ImageScan {
  digest: Digest;
  /** In AWS's word; absent: no scan of the image is known. */
  status?: string;
  /** Findings by severity, in AWS's words; a severity without any may be missing. */
  counts: Record<string, number>;
  /** Single findings, where they were asked for; as many as are read at most. */
  findings?: ScanFinding[];
}

export interface ScanFinding {
  /** CVE-2026-12345 and the like. */
  id: string;
  severity: string;
}

/** All that is known of a candidate's scans: of the image itself, or of each platform that an index holds. */
export interface ScanFacts {
  scans: ImageScan[];
  /** Whether pushes to the repository are scanned by themselves. */
  onPush: boolean;
}
