import type { ToldState } from './levels.ts';
import { imageName } from './wording.ts';
import type { Deployment } from '../domain/deployment.ts';
import { revisionName } from '../domain/failure.ts';
import type { ReasonCode } from '../domain/reason.ts';

type Phrase = (image: string, deployment: Deployment) => string;

const phrases: Readonly<Record<ToldState, Phrase>> = {
  waiting: (image) => `${image} waits for its turn`,
  deploying: (image) => `${image} is being deployed`,
  baking: (image, { untested }) => (untested === true ? `${image} is rolled out and untested` : `${image} is rolled out and being watched`),
  live: (image) => `${image} is live`,
  'rolling-back': (image, { rollback }) =>
    `${image} is being rolled back${rollback?.native === true ? ', which ECS or an operator began' : ''}`,
  rejected: (image) => `${image} was not deployed`,
  superseded: (image) => `${image} gave way to a newer image`,
  replaced: (image) => `${image} was replaced by a newer image`,
  cancelled: (image) => `${image} will not be deployed`,
  'rolled-back': (image, { rollback }) =>
    rollback === undefined ? `${image} was rolled back` : `${image} was rolled back; ${revisionName(rollback.taskDefinition)} runs again`,
  failed: (image) => `${image} failed`,
  external: (image) => `somebody else deployed ${image}`,
};

// Where the reason changes what happened, it changes the words.
const byReason: Readonly<Partial<Record<`${ToldState} ${ReasonCode}`, Phrase>>> = {
  'waiting on-hold': (image) => `${image} waits, since the service is on hold`,
  'waiting scan-pending': (image) => `${image} waits for its scan`,
  'waiting too-young': (image) => `${image} waits until it is old enough`,
  'rejected scan-findings': (image) => `${image} was not deployed: its scan found too much`,
  'rejected platform-mismatch': (image) => `${image} was not deployed: it is built for another platform`,
  'rejected watch-only': (image) => `${image} would be deployed, but the service is only watched`,
  'rejected quarantined': (image) => `${image} was not deployed: it is in quarantine`,
  'rejected carries-quarantined': (image) => `${image} was not deployed: what it would run with is in quarantine`,
  'rejected barred': (image) => `${image} was not deployed: it was rolled back before`,
  'superseded replaced-outside': (image) => `${image} gave way to somebody else's deployment`,
  'replaced replaced-outside': (image) => `${image} was replaced by somebody else's deployment`,
  'rolled-back newer-candidate': (image) => `${image} is gone: a newer image took over on its way back`,
  'rolled-back replaced-outside': (image) => `${image} is gone: somebody else deployed on its way back`,
  'failed no-target': (image) => `${image} fails, and there is nothing to go back to`,
  'failed rollback-disabled': (image) => `${image} fails, and is not rolled back`,
  'failed watch-only': (image) => `${image} fails, and the service is only watched`,
  'failed rollback-failed': (image) => `${image} fails, and so did the way back`,
  'failed rollback-overdue': (image) => `${image} fails, and the way back does not complete`,
  'failed quarantined-returned': (image) => `somebody else brought ${image} back from quarantine`,
  'failed aws-refused': (image) => `AWS refused to deploy ${image}`,
  'failed no-container': (image) => `${image} has no container to run in`,
  'live baseline': (image) => `runs ${image}, the way back from now on`,
  'external baseline': (image) => `found running ${image}`,
};

/** What happened, in one line that begins with the service. */
export function headlineOf(deployment: Deployment, state: ToldState): string {
  const phrase = byReason[`${state} ${deployment.reason.code}`] ?? phrases[state];
  return `${deployment.service}: ${phrase(subjectOf(deployment), deployment)}`;
}

// What a deployment is called: its image, by the tag alone where the repository is named like the service; its revision where no image of it is known.
function subjectOf({ service, images, taskDefinition }: Deployment): string {
  const [first, ...others] = Object.entries(images);
  if (first === undefined) return taskDefinition === undefined ? 'a deployment' : revisionName(taskDefinition);
  const [repository, image] = first;
  const named = image.tag !== undefined && lastPart(repository) === lastPart(service);
  return `${named ? image.tag : imageName(repository, image)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
