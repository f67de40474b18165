import type { Place } from './place.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Digest } from '../domain/image.ts';

const ours = 'npm run autopilot -- ';

/** Commands to be pasted into a shell as they stand, each one line: of the AWS CLI, and of our own, which runs in a checkout of the product. */
export const isCommand = (line: string): boolean => line.startsWith('aws ') || line.startsWith(ours);

/** Which installation a command is for, as far as it is known. */
export interface Installed {
  /** Name of the table, which tells the stage. */
  table?: string | undefined;
  place?: Place | undefined;
}

/** Makes a service run a revision. It is then on record as somebody else's deployment. */
export function runRevision(service: ServiceKey, revision: string, place: Place | undefined): string {
  return `aws ecs update-service ${regionOf(place)}${serviceOf(service)} --task-definition ${quoted(revision)}`;
}

/** Shows what ECS said last about a service. */
export function showEvents(service: ServiceKey, place: Place | undefined): string {
  const [cluster = '', name = ''] = service.split('/');
  return `aws ecs describe-services ${regionOf(place)}--cluster ${quoted(cluster)} --services ${quoted(name)} --query 'services[0].events[:5].message'`;
}

/** Lets a digest in again, on every service. */
export function liftDigest(digest: Digest, installed: Installed): string {
  return autopilot(['lift', digest], installed);
}

/** Deploys an image by hand. */
export function deployImage(service: ServiceKey, image: string, installed: Installed): string {
  return autopilot(['deploy', service, image], installed);
}

/** Goes back to the verified deployment before what runs, and holds the service there. */
export function rollBack(service: ServiceKey, installed: Installed): string {
  return autopilot(['rollback', service], installed);
}

/** Keeps new images from a service. */
export function holdService(service: ServiceKey, reason: string, installed: Installed): string {
  return autopilot(['hold', service, '--reason', reason], installed);
}

/** Lets new images in again. */
export function resumeService(service: ServiceKey, installed: Installed): string {
  return autopilot(['resume', service], installed);
}

function autopilot(words: string[], { table, place }: Installed): string {
  const stage = /^ecs-autopilot-(.+)$/.exec(table ?? '')?.[1]; // Always named: whose checkout it is pasted into is not known.
  const where = [...(stage === undefined ? [] : ['--stage', stage]), ...(place === undefined ? [] : ['--region', place.region])];
  return `${ours}${[...words, ...where].map(quoted).join(' ')}`;
}

function serviceOf(service: ServiceKey): string {
  const [cluster = '', name = ''] = service.split('/');
  return `--cluster ${quoted(cluster)} --service ${quoted(name)}`;
}

function regionOf(place: Place | undefined): string {
  return place === undefined ? '' : `--region ${place.region} `;
}

// Names of AWS need no quotes; whatever else stands here must not be read by the shell.
function quoted(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
