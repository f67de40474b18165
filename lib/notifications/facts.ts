import type { DescribeContext } from './describe-context.ts';
import { labelFacts } from './label-facts.ts';
import type { ToldState } from './levels.ts';
import { consoleLink, logStreamLink, placeOf } from './place.ts';
import { imageName, shortDigest, span, time } from './wording.ts';
import { targetRevision, type Deployment } from '../domain/deployment.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { revisionName } from '../domain/failure.ts';
import type { Images, Origin } from '../domain/image.ts';
import { plusMs } from '../domain/instant.ts';
import type { ReasonCode } from '../domain/reason.ts';

type Fact = [label: string, value: string];

/** What people look up: which image, which revision, since when, and where to look. */
export function factsOf(deployment: Deployment, state: ToldState, context: DescribeContext): Fact[] {
  return [
    ['Service', deployment.service],
    ...known('Closes', (context.closes ?? []).map(({ what }) => what).join('; ')),
    ...imageFacts('Image', deployment.images),
    ...labelsOf(deployment, state),
    ...imageFacts('Image before', context.previous?.images ?? {}),
    ...revisionFacts(deployment, state, context),
    ...timeFacts(deployment, state, context),
    ...failureFacts(deployment),
    ['Brought by', broughtBy(deployment)],
    ...(deployment.notes ?? []).map((note): Fact => ['Note', note]),
    ...known('Rollout', deployment.rolloutId),
    ['Deployment', deployment.id],
    ...links(deployment, state),
  ];
}

function imageFacts(label: string, images: Images): Fact[] {
  return Object.entries(images).map(([repository, image]) => {
    const name = imageName(repository, image);
    return [label, image.tag === undefined ? name : `${name} (${shortDigest(image.digest)})`];
  });
}

// Once it is gone, nobody asks where it came from.
function labelsOf({ labels = {}, images }: Deployment, state: ToldState): Fact[] {
  if (state === 'replaced' || state === 'superseded') return [];
  return Object.entries(labels).flatMap(([repository, said]) => labelFacts(said, images[repository]?.tag));
}

function revisionFacts(
  { taskDefinition, previousTaskDefinition, rollback, reason }: Deployment,
  state: ToldState,
  { previous }: DescribeContext,
): Fact[] {
  const before = previousTaskDefinition ?? (previous === undefined ? undefined : targetRevision(previous));
  const shown = [taskDefinition, rollback?.taskDefinition].includes(before);
  return [
    ...known('Revision', taskDefinition && revisionName(taskDefinition)),
    ...known('Revision before', shown ? undefined : before && revisionName(before)),
    ...known(wayBack(state, reason.code), rollback && revisionName(rollback.taskDefinition)),
  ];
}

function wayBack(state: ToldState, code: ReasonCode): string {
  if (state === 'rolling-back') return 'Goes back to';
  return code === 'back-on-target' ? 'Runs again' : 'Was going back to';
}

function timeFacts(
  { pushedAt, guardUntil, verifiedAt, bakeStartedAt, reason }: Deployment,
  state: ToldState,
  { at, policy, until }: DescribeContext,
): Fact[] {
  const baked = policy && bakeStartedAt && plusMs(bakeStartedAt, policy.verify.bakeMs);
  return [
    ...known('Pushed', pushedAt && time(pushedAt)),
    ...known(state === 'live' ? 'From push to live' : 'Since the push', pushedAt && span(pushedAt, at)),
    ...known('Waits until', until && (reason.code === 'on-hold' ? 'somebody resumes the service' : `${time(until)}, at the latest`)),
    ...known('Verified', state === 'live' ? undefined : verifiedAt && time(verifiedAt)),
    ...known('Live at', state === 'baking' ? baked && `${time(baked)}, if nothing condemns it before` : undefined),
    ...known('Guarded until', state === 'live' && guardUntil !== undefined && guardUntil > at ? time(guardUntil) : undefined),
  ];
}

function failureFacts({ diagnosis, evidence, rollback, wanted }: Deployment): Fact[] {
  if (diagnosis === undefined) return [];
  const { container = diagnosis.culprit, exitCode = diagnosis.exitCode } = evidence ?? {};
  const named = container === undefined ? '' : `, container ${container}`;
  const exit = exitCode === undefined ? '' : `, exit code ${exitCode}`;
  const target = rollback === undefined ? 'what ran before' : revisionName(rollback.taskDefinition);
  return [
    ['Cause', `${diagnosis.category}${named}${exit}`],
    ...known('Failed tasks', diagnosis.failed && failedText(diagnosis.failed, wanted)),
    ...known('Log', evidence?.logFault),
    ...known('Differs', evidence?.differs && `from ${target} in ${evidence.differs.join('; ') || 'the image alone'}`),
  ];
}

// More may fail than run at a time: each that fails is started again.
function failedText({ tasks, first, last }: NonNullable<Diagnosis['failed']>, wanted: number | undefined): string {
  const of = wanted === undefined ? '' : ` (the service runs ${wanted})`;
  return tasks < 2 ? `1${of}, ${time(first)}` : `${tasks}${of}, from ${time(first)} to ${time(last)}`;
}

const origins: Readonly<Record<Origin, string>> = {
  push: 'a push',
  replication: 'a replicated push',
  reconciliation: 'a look into the registry (no event had told of the push)',
  command: 'a command',
  external: 'somebody else, outside of ecs-autopilot',
};

function broughtBy({ origin, actor }: Deployment): string {
  return actor === undefined ? origins[origin] : `${origins[origin]} of ${actor}`;
}

// Until there is a revision of its own, what the service's pages show is of another.
function links(deployment: Deployment, state: ToldState): Fact[] {
  const place = placeOf(deployment);
  if (place === undefined) return [];
  const page = state === 'rolling-back' || state === 'rolled-back' || state === 'failed' ? 'tasks' : 'deployments';
  const { service, taskDefinition, evidence } = deployment;
  const stream = page === 'tasks' && evidence?.logStream ? logStreamLink(evidence.logStream, place) : undefined;
  return [
    ...known('Console', consoleLink(service, place, page)),
    ...known('Logs', stream ?? (taskDefinition && consoleLink(service, place, 'logs'))),
  ];
}

function known(label: string, value: string | undefined): Fact[] {
  return value === undefined || value === '' ? [] : [[label, value]];
}
