import { attemptsMax, type Found } from './context.ts';
import { examineStop, type ExamineNeeds, type FailedTask } from './examine-stop.ts';
import { isLastSight, keepEvidence } from './keep-evidence.ts';
import { preflight } from './preflight.ts';
import { readService } from './read-service.ts';
import { rollBack, type RollBackNeeds } from './roll-back.ts';
import { tellIncident } from './tell-incident.ts';
import { warnOnce } from './warn-once.ts';
import { forgetOutdated, weighVerdict, type WeighNeeds } from './weigh-verdict.ts';
import { failingOf } from '../decide/fleet-incident.ts';
import { hasRoomForPassed } from '../decide/passed-stops.ts';
import { masked } from '../domain/mask.ts';
import type { Readiness } from '../decide/rollback-target.ts';
import { unknownStop } from '../decide/warning.ts';
import { classifyStop } from '../decide/stopped-task/classify.ts';
import { failureOf } from '../decide/stopped-task/failure-of.ts';
import { countsAgainst } from '../decide/stopped-task/match-row.ts';
import { isOfOtherRollout } from '../decide/stopped-task/other-rollout.ts';
import { countableOf, decideVerdict, isUnderWatch, roomFor, threshold, type Verdict } from '../decide/verdict.ts';
import { targetRevision, type Deployment } from '../domain/deployment.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { Failing } from '../domain/failing.ts';
import { failureEntry, passedEntry, revisionName, taskId, type StoppedTask } from '../domain/failure.ts';
import type { Head } from '../domain/head.ts';
import { isPast, toInstant } from '../domain/instant.ts';
import type { Configuration } from '../domain/policy.ts';
import { primaryRollout, type ObservedService } from '../domain/service.ts';
import { TransientError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface JudgeStoppedTaskNeeds extends RollBackNeeds, WeighNeeds, ExamineNeeds {
  configuration: Configuration;
}

/** A task of a managed service stopped: classified, counted once, and at the threshold the service is rolled back. */
export async function judgeStoppedTask(task: StoppedTask, needs: JudgeStoppedTaskNeeds, invocation: Invocation): Promise<void> {
  const policy = needs.configuration.services[task.service];
  if (policy === undefined || !policy.managed || !task.ofService)
    return invocation.log('not counted', { service: task.service, task: task.taskArn, why: 'the service is not managed' });
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const [head, definition, service] = await Promise.all([
      needs.heads.read(task.service),
      needs.taskDefinitions.read(task.taskDefinition),
      readService(needs.services, task.service),
    ]);
    const diagnosis = classifyStop(task, definition?.containers ?? []);
    if (head === undefined) return invocation.log('not enrolled yet: the next tick does', { service: task.service, task: task.taskArn });
    if (!counts(task, diagnosis, invocation)) {
      await keepPassed(needs, head, task, diagnosis.category);
      if (isLastSight(head.current)) return keepEvidence(needs, { head, policy, invocation }, { task, definition, diagnosis });
      if (diagnosis.counts !== 'unknown' || head.current === undefined) return;
      if (await warnOnce(needs, { head, policy, invocation }, head.current, unknownStop(task))) return;
      continue;
    }
    if (head.current !== undefined && isOfOtherRollout(task, head.current)) {
      await keepPassed(needs, head, task, 'OTHER_ROLLOUT');
      return invocation.log('not counted', {
        service: task.service,
        task: task.taskArn,
        why: 'another rollout of the same revision started it',
      });
    }
    if (await count(needs, { head, service, policy, invocation }, { task, definition, diagnosis })) return;
  }
  throw new TransientError(`the head of ${task.service} was changed by others ${attemptsMax} times in a row`);
}

function counts(
  task: StoppedTask,
  { row, category, counts: answer, culprit, exitCode, cause }: Diagnosis,
  invocation: Invocation,
): boolean {
  const counted = countsAgainst({ counts: answer });
  // What ECS passes on of a container may quote its command.
  const text = { stoppedReason: task.stoppedReason && masked(task.stoppedReason), stopCode: task.stopCode };
  invocation.log(counted ? 'counted' : 'not counted', {
    service: task.service,
    task: task.taskArn,
    row,
    category,
    culprit,
    exitCode,
    cause,
    ...text,
  });
  return counted;
}

// A stop that is not counted leaves its reason in the head, and in the notes of its deployment from there (design, rule 10).
async function keepPassed({ heads }: JudgeStoppedTaskNeeds, head: Head, task: StoppedTask, category: string): Promise<void> {
  const { stoppedAt, taskArn, taskDefinition } = task;
  const entry = passedEntry({ stoppedAt, revision: revisionName(taskDefinition), category }, taskId(taskArn));
  if (hasRoomForPassed(head, entry)) await heads.addFailures(head.service, [entry]);
}

type Judged = Omit<Found, 'service'> & { service: ObservedService | undefined };

/** Adds the failure and acts on the verdict. False: the head changed meanwhile. */
async function count(needs: JudgeStoppedTaskNeeds, { head, service, policy, invocation }: Judged, failed: FailedTask): Promise<boolean> {
  const { task, definition, diagnosis } = failed;
  const least = threshold(service?.desiredCount ?? 0, policy.verify);
  const failure = failureOf(task, diagnosis.row, definition, policy);
  const entry = failureEntry(failure);
  const full = roomFor(head, failure, least, policy.verify, invocation.now) === 0;
  const foreseen = foresee({ head, service, policy, invocation }, entry);
  const watched = head.current !== undefined && isUnderWatch(head.current, invocation.now);
  const mayCondemn = watched && countableOf(head) + 1 >= least && policy.mode === 'deploy';
  const [counted, checked, fleet] = await Promise.all([
    full ? head : needs.heads.addFailures(head.service, [entry]),
    mayCondemn ? preflight(needs, head, policy) : undefined, // Beside the count: a rollback is four calls away, no more.
    foreseen && needs.failing.add(foreseen),
  ]);
  if (counted === undefined || service === undefined) return true;
  if (counted.acting !== undefined && !isPast(counted.acting.until, invocation.now)) return true; // Kept in the head: judged after the act.
  const prepared = { failed, checked: counted.version === head.version ? checked : undefined, fleet };
  return judge(needs, { head: counted, service, policy, invocation }, prepared);
}

/** What the verdict will add to the fleet's, where this failure makes one in guard: so it is added beside the count. */
function foresee({ head, service, policy, invocation }: Judged, entry: string): Failing | undefined {
  if (head.current === undefined || service === undefined || !runs(service, head.current)) return undefined;
  const counted = { ...head, failures: [...head.failures, entry] };
  const verdict = decideVerdict({ head: counted, desiredCount: service.desiredCount }, policy, invocation.now);
  return failingOf(verdict, head.current);
}

interface Prepared {
  failed: FailedTask;
  checked: Readiness[] | undefined;
  fleet: Failing[] | undefined;
}

async function judge(needs: JudgeStoppedTaskNeeds, found: Found, { failed, checked, fleet }: Prepared): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const { current } = head;
  if (current === undefined) return true;
  const alone = decideVerdict({ head, desiredCount: service.desiredCount }, policy, invocation.now);
  if (alone.action === 'condemn' && !runs(service, current)) return leaveToFollow(needs, found);
  const { verdict, outdated } = await weighVerdict(needs, found, current, alone, fleet);
  invocation.log('verdict', { service: head.service, deployment: current.id, action: verdict.action, reason: verdict.reason });
  const [done] = await Promise.all([act(needs, found, current, verdict, { failed, checked }), forgetOutdated(needs, outdated, invocation)]);
  return done;
}

async function act(
  needs: JudgeStoppedTaskNeeds,
  found: Found,
  current: Deployment,
  verdict: Verdict,
  { failed, checked }: Pick<Prepared, 'failed' | 'checked'>,
): Promise<boolean> {
  if (verdict.action === 'stay') {
    if (countableOf(found.head) === 1) await keepEvidence(needs, found, failed); // Of many at once exactly one sees itself alone.
    return true;
  }
  if (verdict.action === 'incident') return tellIncident(needs, found, current, verdict);
  const examine = (target: Deployment | undefined) => examineStop(needs, failed, target, found.invocation);
  return (await rollBack(needs, found, current, { ...verdict, examine }, checked)) !== 'again';
}

// ECS's breaker or a person was faster: that is adopted, never repeated (design, rule 7), and its event may be lost.
async function leaveToFollow({ heads }: JudgeStoppedTaskNeeds, { head, invocation }: Found): Promise<boolean> {
  invocation.log('left to follow-rollout', { service: head.service, why: 'the service runs another rollout than is on record' });
  return (await heads.change(head.service, head.version, { dueAt: toInstant(invocation.now) })) !== undefined;
}

// By the rollout where it is on record: a revision that names a tag runs another image when it is begun anew.
function runs(service: ObservedService, current: Deployment): boolean {
  const primary = primaryRollout(service);
  if (current.rolloutId !== undefined) return primary?.id === current.rolloutId;
  return primary !== undefined && [current.taskDefinition, targetRevision(current)].includes(primary.taskDefinition);
}
