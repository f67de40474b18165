/** What a stop is called, from the catalogue of stopped tasks. */
export interface Diagnosis {
  /** Row of the catalogue, 1 to 48. */
  row: number;
  category: string;
  counts: 'yes' | 'no' | 'if-repeated' | 'success' | 'unknown';
  /** What is behind it and what to check. */
  cause: string;
  /** Name of the essential container that failed, where one did. */
  culprit?: string;
  exitCode?: number;
  /** How many of its tasks failed, and when the first and the last of them did. */
  failed?: { tasks: number; first: string; last: string };
}
