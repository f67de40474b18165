import type { Deployment } from '../../domain/deployment.ts';
import type { Head, HeadChange, Waiting } from '../../domain/head.ts';
import { isPast, plusMs, type Instant } from '../../domain/instant.ts';

/** A candidate that waits for so long is told of once more, louder. */
const longWaitMs = 3_600_000;

/** When people are to hear that a candidate still waits; undefined once they have. */
export function longWaitAt({ deployment, overdue }: Waiting): Instant | undefined {
  return overdue === true ? undefined : plusMs(deployment.createdAt, longWaitMs);
}

/** Notes the candidates that wait for an hour by now, and answers whom people are to hear of. */
export function noteLongWaits({ waiting }: Head, now: Date): { change: HeadChange; overdue: Deployment[] } {
  const isOverdue = (one: Waiting): boolean => {
    const at = longWaitAt(one);
    return at !== undefined && isPast(at, now);
  };
  const overdue = Object.values(waiting).flatMap((places) => places.filter(isOverdue));
  if (overdue.length === 0) return { change: {}, overdue: [] };
  const noted = Object.entries(waiting).map(([repository, places]): [string, Waiting[]] => [
    repository,
    places.map((one) => (overdue.includes(one) ? { ...one, overdue: true } : one)),
  ]);
  return { change: { waiting: Object.fromEntries(noted) }, overdue: overdue.map(({ deployment }) => deployment) };
}
