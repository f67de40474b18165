import type { DescribeContext } from './describe-context.ts';
import { factsOf } from './facts.ts';
import { headlineOf } from './headline.ts';
import { levels, type ToldState } from './levels.ts';
import { nextSteps } from './next-steps.ts';
import { sentence } from './wording.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Evidence } from '../domain/evidence.ts';
import { louder, type Level, type Notification } from '../domain/notification.ts';

/** The message of the state that a deployment is in. A rollout that somebody else began is told as `external`, and from then on like ours. */
export function describeDeployment(recorded: Deployment, context: DescribeContext): Notification {
  const deployment = foundRunning(recorded);
  const state: ToldState = deployment.origin === 'external' && deployment.state === 'deploying' ? 'external' : deployment.state;
  return {
    version: 1,
    id: `${deployment.id}#${state}`,
    service: deployment.service,
    deployment: deployment.id,
    state,
    level: loudness(deployment, state),
    at: context.at,
    headline: headlineOf(deployment, state),
    why: whyOf(deployment, state),
    code: deployment.reason.code,
    facts: factsOf(deployment, state, context),
    ...closesOf(deployment, state, context),
    ...logOf(deployment, state),
    next: nextSteps(deployment, state, context),
  };
}

/** The message that it still waits, an hour after it began to: louder, and no repeat of the first, so that it has an id of its own. */
export function describeLongWait(waiting: Deployment, context: DescribeContext): Notification {
  const told = describeDeployment(waiting, context);
  return { ...told, id: `${told.id}-over-an-hour`, level: 'warning', headline: `${told.headline}, for an hour by now` };
}

const ends: ReadonlySet<ToldState> = new Set(['live', 'superseded', 'replaced', 'cancelled']);

// What was told of the deployment on its way is over with it; one that failed says so itself, as loudly as can be.
function closesOf(
  { timeline, origin, warned = [], incidentAt }: Deployment,
  state: ToldState,
  { closes = [], overdue = false }: DescribeContext,
): Pick<Notification, 'closes'> {
  const warnedOf = warned.length > 0 || (origin === 'external' && timeline[0]?.reason.code !== 'baseline');
  const levelsTold: Level[] = [
    ...closes.map(({ level }) => level),
    ...(overdue && state !== 'waiting' ? (['warning'] as const) : []),
    ...(ends.has(state) && warnedOf ? (['warning'] as const) : []),
    ...(ends.has(state) && incidentAt !== undefined ? (['critical'] as const) : []),
  ];
  if (levelsTold.length === 0) return {};
  const threads = closes.map(({ thread }) => thread);
  return { closes: { level: levelsTold.reduce(louder), ...(threads.length === 0 ? {} : { threads }) } };
}

// Verified, what ran at the installation is told as that: nothing was deployed.
function foundRunning(deployment: Deployment): Deployment {
  const { state, timeline, reason } = deployment;
  if (state !== 'live' || reason.code !== 'bake-passed' || timeline[0]?.reason.code !== 'baseline') return deployment;
  return { ...deployment, reason: { code: 'baseline', text: `${timeline[0].reason.text}; ${reason.text}` } };
}

// What ran when a service was enrolled is nobody's deployment of today: on the day of installation nothing warns.
function loudness({ reason }: Deployment, state: ToldState): Level {
  return state === 'external' && reason.code === 'baseline' ? 'info' : levels[state];
}

// A single task that failed, of a deployment that nothing condemned, is no news.
const condemnedStates: ReadonlySet<ToldState> = new Set(['rolling-back', 'rolled-back', 'failed']);

function logOf({ evidence }: Deployment, state: ToldState): Pick<Notification, 'log'> {
  const { container, log } = evidence ?? {};
  return log === undefined || !condemnedStates.has(state) ? {} : { log: { title: `Last lines of ${container ?? 'the log'}`, lines: log } };
}

function exitText({ container, exitCode, exitMeaning }: Evidence = {}): string {
  return exitCode === undefined ? '' : `Container ${container} ended with exit code ${exitCode}: ${exitMeaning}`;
}

// Why it was condemned, what its tasks died of, and what came of that: in the order in which it happened, each once.
function whyOf({ timeline, reason, diagnosis, evidence }: Deployment, state: ToldState): string {
  const condemned = timeline.filter((entry) => entry.state === 'rolling-back').map((entry) => entry.reason.text);
  const first = condemned.length === 0 ? [reason.text] : condemned;
  const texts = [...first, exitText(condemnedStates.has(state) ? evidence : undefined), diagnosis?.cause ?? '', reason.text].filter(
    (text) => text !== '',
  );
  return [...new Set(texts.map(sentence))].join(' ');
}
