import { ownCauseRows, repeatedRows } from './stopped-task/causes.ts';
import { isOfOtherRollout } from './stopped-task/other-rollout.ts';
import { targetRevision, type Deployment } from '../domain/deployment.ts';
import type { Failing } from '../domain/failing.ts';
import { parseFailure, parsePassed, revisionName, type Failure } from '../domain/failure.ts';
import type { Head } from '../domain/head.ts';
import { msBetween, type Instant } from '../domain/instant.ts';
import type { ServicePolicy, VerifyPolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';

/** How many failures a head keeps above the threshold; past that a stop adds nothing. */
export const failuresMax = 64;

export interface VerdictFacts {
  head: Head;
  desiredCount: number;
}

export type Verdict =
  | { action: 'stay'; reason: string }
  /** `lastStop`: when the last of the tasks that speak against it stopped. */
  | { action: 'condemn'; reason: Reason; row: number; lastStop: Instant }
  /**
   * `among`: the services that fail at the same time, where it is told by them. `after`: the deployment that was rolled back to the one that fails now.
   */
  | { action: 'incident'; reason: Reason; among?: Failing[]; after?: string };

/** Judges the deployment in flight or under guard by the failures of its own revision, and by what the other revisions do meanwhile. */
export function decideVerdict({ head, desiredCount }: VerdictFacts, policy: ServicePolicy, now: Date): Verdict {
  const { current } = head;
  const after = current?.state === 'live' ? returnedFrom(current, now) : undefined;
  if (current === undefined || (after === undefined && !isUnderWatch(current, now)))
    return { action: 'stay', reason: `nothing is under watch: ${current?.state ?? 'no deployment'}` };
  const windowMs = windowOf(current, policy.verify);
  const recent = failuresOf(head).filter((failure) => isRecent(failure, windowMs, now));
  const own = recent.filter((failure) => isOf(failure, current));
  const least = threshold(desiredCount, policy.verify);
  const counted = countedOf(own);
  const text = `${counted} of its tasks failed within ${Math.round(windowMs / 60_000)} minutes; it takes ${least} to condemn it`;
  if (counted < least) return { action: 'stay', reason: text };
  if (after !== undefined)
    return {
      action: 'incident',
      reason: { code: 'incident', text: `${text}. The service was put back on it, and is not put back once more` },
      after,
    };
  if (current.state !== 'live' && countedOf(recent.filter((failure) => !isOfRevision(failure, current))) >= least) {
    return { action: 'incident', reason: { code: 'incident', text: `${text}, and as many of the revision before it: not the image` } };
  }
  return {
    action: 'condemn',
    reason: { code: 'task-failures', text },
    row: mainRow(own),
    lastStop:
      own
        .map(({ stoppedAt }) => stoppedAt)
        .toSorted()
        .at(-1) ?? '',
  };
}

/** Whether failures may condemn a deployment: it is in flight, or live and in its guard. */
export function isUnderWatch(current: Deployment, now: Date): boolean {
  if (current.state === 'deploying' || current.state === 'baking') return true;
  return current.state === 'live' && current.guardUntil !== undefined && msBetween(now, current.guardUntil) > 0;
}

// Never a rollback of a rollback (design, rule 6): that what the service was put back on fails too is told, and no more.
function returnedFrom({ returned }: Deployment, now: Date): string | undefined {
  return returned !== undefined && msBetween(now, returned.until) > 0 ? returned.from : undefined;
}

/** How many failures condemn: the larger of a number and a share of the desired count. */
export function threshold(desiredCount: number, { failures, sharePercent }: VerifyPolicy): number {
  return Math.max(failures, Math.ceil((desiredCount * sharePercent) / 100));
}

/**
 * How many more failures of a revision, or of its rollout where it names a tag, a head takes: in all so many above the threshold, but of each as many as condemn it, whatever others left, and
 * whatever it left itself that its window reaches no more: a revision may fail for hours before it is taken up again.
 */
export function roomFor(
  head: Head,
  { revision, rollout }: Pick<Failure, 'revision' | 'rollout'>,
  least: number,
  { withinMs, guard }: VerifyPolicy,
  now: Date,
): number {
  const narrowestMs = Math.min(withinMs, guard.withinMs);
  const alike = failuresOf(head).filter((failure) => failure.revision === revision && failure.rollout === rollout);
  const own = alike.filter((failure) => isRecent(failure, narrowestMs, now)).length;
  return Math.max(0, least + failuresMax - countableOf(head), least + 1 - own); // One more, for the first of a kind may not count.
}

/** The failures that this deployment is judged by, in its window. */
export function windowOf(current: Deployment, verify: VerifyPolicy): number {
  return current.state === 'live' ? verify.guard.withinMs : verify.withinMs;
}

/** Whether a cause is the image's own, so that no service takes the digest again (design, section 2: quarantine). */
export function isOwnCause(row: number | undefined): boolean {
  return row !== undefined && ownCauseRows.has(row);
}

/** The row behind most of the failures of a deployment; of equals one that is the image's own. Undefined without failures. */
export function mainCause(head: Head, current: Deployment): number | undefined {
  const own = failuresOf(head).filter((failure) => isOf(failure, current));
  return own.length === 0 ? undefined : mainRow(own);
}

/** When the failures behind a condemned deployment happened, those that no window reaches any more included. */
export function failuresBehind(head: Head, condemned: Deployment): Instant[] {
  return failuresOf(head).flatMap((failure) => (isOf(failure, condemned) ? [failure.stoppedAt] : []));
}

/** Entries that no window reaches any more. */
export function outdatedFailures(head: Head, { withinMs, guard }: VerifyPolicy, now: Date): string[] {
  const widestMs = Math.max(withinMs, guard.withinMs);
  return head.failures.filter((entry) => {
    const stop = parseFailure(entry) ?? parsePassed(entry);
    return stop !== undefined && !isRecent(stop, widestMs, now);
  });
}

/** How many failures a head holds; what counts against nobody stands among them. */
export function countableOf({ failures }: Pick<Head, 'failures'>): number {
  return failures.filter((entry) => parsePassed(entry) === undefined).length;
}

// A task counts once: where two events of it, or an event and ECS's list, differ in what they tell, the first stands.
function failuresOf({ failures }: Head): Failure[] {
  const byTask = new Map<string, Failure>();
  for (const failure of failures.map(parseFailure)) {
    if (failure !== undefined && !byTask.has(failure.taskId)) byTask.set(failure.taskId, failure);
  }
  return [...byTask.values()];
}

// What an earlier rollout of the same revision ran, whose tag named another image then, says nothing of this one.
function isOf(failure: Failure, current: Deployment): boolean {
  const { revision: taskDefinition, rollout: startedBy } = failure;
  return isOfRevision(failure, current) && !isOfOtherRollout({ taskDefinition, startedBy }, current);
}

function isOfRevision(failure: Failure, current: Deployment): boolean {
  return [current.taskDefinition, targetRevision(current)].some((arn) => arn !== undefined && revisionName(arn) === failure.revision);
}

function isRecent(failure: Pick<Failure, 'stoppedAt'>, windowMs: number, now: Date): boolean {
  return msBetween(failure.stoppedAt, now) <= windowMs;
}

// Rows that count "if repeated" count from the second on.
function countedOf(failures: Failure[]): number {
  const repeated = failures.filter(({ row }) => repeatedRows.has(row)).length;
  return failures.length - Math.min(repeated, 1);
}

function mainRow(failures: Failure[]): number {
  const counts = new Map<number, number>();
  for (const { row } of failures) counts.set(row, (counts.get(row) ?? 0) + 1);
  const [main] = [...counts].toSorted(([a, m], [b, n]) => n - m || Number(ownCauseRows.has(b)) - Number(ownCauseRows.has(a)) || a - b);
  return main?.[0] ?? 48;
}
