import type { Digest } from './image.ts';

/** Something was told about the scan of an image: it ended, or a finding was opened or changed. It only says: look. */
export interface ScanTold {
  /** Plain name in the registry that account and region name. */
  repository: string;
  account: string;
  region: string;
  digest: Digest;
  about: 'scan' | 'finding';
}
