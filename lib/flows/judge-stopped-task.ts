import { attemptsMax, type Found } from './context.ts';
import { preflight } from './preflight.ts';
import { readService } from './read-service.ts';
import { rollBack, type RollBackNeeds } from './roll-back.ts';
import { tellIncident } from './tell-incident.ts';
import { classifyStop } from '../decide/stopped-task/classify.ts';
import { countsAgainst } from '../decide/stopped-task/match-row.ts';
import { isOfOtherRollout } from '../decide/stopped-task/other-rollout.ts';
import { decideVerdict, isUnderWatch, roomFor, threshold } from '../decide/verdict.ts';
import { targetRevision, type Deployment } from '../domain/deployment.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { failureEntry, revisionName, taskId, type StoppedTask } from '../domain/failure.ts';
import { isPast, toInstant } from '../domain/instant.ts';
import type { Configuration } from '../domain/policy.ts';
import { primaryRollout, type ObservedService } from '../domain/service.ts';
import { TransientError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface JudgeStoppedTaskNeeds extends RollBackNeeds {
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
    if (!counts(task, diagnosis, invocation)) return;
    if (head.current !== undefined && isOfOtherRollout(task, head.current))
      return invocation.log('not counted', {
        service: task.service,
        task: task.taskArn,
        why: 'another rollout of the same revision started it',
      });
    if (await count(needs, { head, service, policy, invocation }, task, diagnosis)) return;
  }
  throw new TransientError(`the head of ${task.service} was changed by others ${attemptsMax} times in a row`);
}

function counts(
  task: StoppedTask,
  { row, category, counts: answer, culprit, exitCode, cause }: Diagnosis,
  invocation: Invocation,
): boolean {
  const counted = countsAgainst({ counts: answer });
  const text = { stoppedReason: task.stoppedReason, stopCode: task.stopCode };
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

type Judged = Omit<Found, 'service'> & { service: ObservedService | undefined };

/** Adds the failure and acts on the verdict. False: the head changed meanwhile. */
async function count(
  needs: JudgeStoppedTaskNeeds,
  { head, service, policy, invocation }: Judged,
  task: StoppedTask,
  { row }: Diagnosis,
): Promise<boolean> {
  const least = threshold(service?.desiredCount ?? 0, policy.verify);
  const revision = revisionName(task.taskDefinition);
  const entry = failureEntry({ stoppedAt: task.stoppedAt, taskId: taskId(task.taskArn), revision, row });
  const full = roomFor(head, revision, least) === 0;
  const watched = head.current !== undefined && isUnderWatch(head.current, invocation.now);
  const mayCondemn = watched && head.failures.length + 1 >= least && policy.mode === 'deploy';
  const [counted, checked] = await Promise.all([
    full ? head : needs.heads.addFailures(head.service, [entry]),
    mayCondemn ? preflight(needs, head, policy) : undefined, // Beside the count: a rollback is four calls away, no more.
  ]);
  if (counted === undefined || service === undefined) return true;
  if (counted.acting !== undefined && !isPast(counted.acting.until, invocation.now)) return true; // Kept in the head: judged after the act.
  return judge(needs, { head: counted, service, policy, invocation }, counted.version === head.version ? checked : undefined);
}

async function judge(
  needs: JudgeStoppedTaskNeeds,
  found: Found,
  checked: Awaited<ReturnType<typeof preflight>> | undefined,
): Promise<boolean> {
  const { head, service, policy, invocation } = found;
  const verdict = decideVerdict({ head, desiredCount: service.desiredCount }, policy, invocation.now);
  invocation.log('verdict', { service: head.service, deployment: head.current?.id, action: verdict.action, reason: verdict.reason });
  if (verdict.action === 'stay' || head.current === undefined) return true;
  if (verdict.action === 'incident') return tellIncident(needs, found, head.current, verdict.reason);
  if (!runs(service, head.current)) {
    invocation.log('left to follow-rollout', { service: head.service, why: 'the service runs another rollout than is on record' });
    // ECS's breaker or a person was faster: that is adopted, never repeated (design, rule 7), and its event may be lost.
    return (await needs.heads.change(head.service, head.version, { dueAt: toInstant(invocation.now) })) !== undefined;
  }
  return (await rollBack(needs, found, head.current, verdict, checked)) === 'done';
}

// By the rollout where it is on record: a revision that names a tag runs another image when it is begun anew.
function runs(service: ObservedService, current: Deployment): boolean {
  const primary = primaryRollout(service);
  if (current.rolloutId !== undefined) return primary?.id === current.rolloutId;
  return primary !== undefined && [current.taskDefinition, targetRevision(current)].includes(primary.taskDefinition);
}
