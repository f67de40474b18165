import { EcrError } from './errors.ts';
import type { Repository } from './repository.ts';
import { matchesWildcard } from './repository.ts';

export type ScanType = 'BASIC' | 'ENHANCED';
export type ScanFrequency = 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL';

export interface ScanningRule {
  scanFrequency: ScanFrequency;
  /** Wildcards of repository names. */
  filters: string[];
}

/** How the registry scans: its type, and which repositories how often. */
export interface ScanningRules {
  scanType: ScanType;
  rules: ScanningRule[];
}

export const basicScanning: ScanningRules = { scanType: 'BASIC', rules: [] };

/** How a repository is scanned under the rules, and by which wildcards. Continuously beats on push; without a rule it is by hand. */
export function scanningOf(repository: Repository, { scanType, rules }: ScanningRules): { frequency: ScanFrequency; applied: string[] } {
  const matching = rules.filter(({ filters }) => filters.some((filter) => matchesWildcard(filter, repository.name)));
  const [first] = matching.toSorted((a, b) => rank(a) - rank(b));
  const frequency = first?.scanFrequency ?? (scanType === 'BASIC' && repository.scanOnPush ? 'SCAN_ON_PUSH' : 'MANUAL');
  return { frequency, applied: first?.filters.filter((filter) => matchesWildcard(filter, repository.name)) ?? [] };
}

/** Refuses rules as PutRegistryScanningConfiguration does. */
export function checkRules({ scanType, rules }: ScanningRules): void {
  if (rules.length > 2) throw invalid('A registry has at most two scanning rules.');
  if (new Set(rules.map(({ scanFrequency }) => scanFrequency)).size < rules.length)
    throw invalid('Each rule wants a scan frequency of its own.');
  if (scanType === 'BASIC' && rules.some(({ scanFrequency }) => scanFrequency === 'CONTINUOUS_SCAN'))
    throw invalid('CONTINUOUS_SCAN is for the scan type ENHANCED only.');
}

function rank({ scanFrequency }: ScanningRule): number {
  return ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH', 'MANUAL'].indexOf(scanFrequency);
}

function invalid(message: string): EcrError {
  return new EcrError('ValidationException', message);
}
