import type { Head } from '../domain/head.ts';
import { isPast } from '../domain/instant.ts';

/** The head without a claim past its end, which bars nobody; what it left undone is seen from the deployment itself. */
export function withoutLapsed(head: Head, now: Date): Head {
  if (head.acting === undefined || !isPast(head.acting.until, now)) return head;
  const { acting: _, ...free } = head;
  return free;
}
