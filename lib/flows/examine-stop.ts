import { excerptOf } from '../decide/log-excerpt.ts';
import { revisionDifference, type RevisionSettings } from '../decide/revision-difference.ts';
import { exitCodeMeaning } from '../decide/stopped-task/exit-code.ts';
import { targetRevision, type Deployment } from '../domain/deployment.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { Evidence, LogStream } from '../domain/evidence.ts';
import { taskId, type StoppedTask } from '../domain/failure.ts';
import type { TaskDefinition } from '../domain/task-definition.ts';
import { RefusedError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { TaskDefinitionReader } from '../ports/task-definitions.ts';
import type { TaskLogs } from '../ports/task-logs.ts';

export interface ExamineNeeds {
  taskDefinitions: TaskDefinitionReader;
  taskLogs: TaskLogs;
  /** The settings of a revision, values of the environment and of secrets as fingerprints. */
  settingsOf: (definition: TaskDefinition) => RevisionSettings;
}

/** A task that failed, as far as it is known. */
export interface FailedTask {
  task: StoppedTask;
  definition: TaskDefinition | undefined;
  diagnosis: Diagnosis;
}

const linesRead = 60; // Empty ones and what is folded are left out of what is shown.

/** What people ask first of a task that failed. Beside the way back, never before it: whatever cannot be read is left out. */
export async function examineStop(
  needs: ExamineNeeds,
  { task, definition, diagnosis }: FailedTask,
  target: Deployment | undefined,
  invocation: Invocation,
): Promise<Evidence> {
  const { culprit, exitCode } = diagnosis;
  const silent = (what: string) => (error: unknown) =>
    invocation.log('evidence is missing', { what, task: task.taskArn, error: String(error) });
  const logStream = streamOf(task, definition, culprit);
  const [lines, differs] = await Promise.all([
    lastLines(needs, logStream, silent('log')),
    difference(needs, definition, target).catch(silent('revision')),
  ]);
  return {
    ...(culprit === undefined ? {} : { container: culprit }),
    ...(exitCode === undefined ? {} : { exitCode, exitMeaning: exitCodeMeaning(exitCode) }),
    ...lines,
    ...(logStream === undefined ? {} : { logStream }),
    ...(differs === undefined ? {} : { differs }),
  };
}

/** Where the container writes that failed; where none is to blame, the first one that must run. */
function streamOf(task: StoppedTask, definition: TaskDefinition | undefined, culprit: string | undefined): LogStream | undefined {
  const containers = definition?.containers ?? [];
  const container = containers.find(({ name, essential }) => (culprit === undefined ? essential : name === culprit));
  if (container?.log === undefined) return undefined;
  const { prefix, ...log } = container.log;
  return { ...log, stream: `${prefix}/${container.name}/${taskId(task.taskArn)}` };
}

async function lastLines(
  { taskLogs }: ExamineNeeds,
  stream: LogStream | undefined,
  silent: (error: unknown) => void,
): Promise<Pick<Evidence, 'log' | 'logFault'>> {
  if (stream === undefined) return {};
  try {
    const log = excerptOf(await taskLogs.last(stream, linesRead));
    return log.length === 0 ? {} : { log };
  } catch (error) {
    silent(error);
    const denied = error instanceof RefusedError && error.code.startsWith('AccessDenied');
    return denied ? { logFault: `not readable: grant logs:GetLogEvents on ${stream.group}, by logGroups in serverless.yml` } : {};
  }
}

async function difference(
  { taskDefinitions, settingsOf }: ExamineNeeds,
  failed: TaskDefinition | undefined,
  target: Deployment | undefined,
): Promise<string[] | undefined> {
  const arn = target && targetRevision(target);
  if (failed === undefined || arn === undefined) return undefined;
  const restored = await taskDefinitions.read(arn);
  return restored && revisionDifference(settingsOf(failed), settingsOf(restored));
}
