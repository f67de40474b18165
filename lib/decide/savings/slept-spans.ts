import type { Instant } from '../../domain/instant.ts';
import type { SleptRecord } from '../../domain/sleep.ts';

/** A time between two changes of the count of a service that had fallen asleep. */
export interface SleptSpan {
  from: Instant;
  to: Instant;
  /** How many there were before, and how many then. */
  had: number;
  left: number;
}

/**
 * When a service had which count. A sleep that is over ends with its last change, by which it was woken; one that goes on is counted until now. A
 * service that was scaled up by hand sleeps only what is still missing.
 */
export function sleptSpans({ saved, counts = [] }: SleptRecord, until?: Instant): SleptSpan[] {
  return counts.flatMap(({ at, desired }, index) => {
    const to = counts[index + 1]?.at ?? until;
    return to === undefined ? [] : [{ from: at, to, had: saved.desired, left: desired }];
  });
}
