import type { Place } from './place.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Digest } from '../domain/image.ts';

/** Commands of the AWS CLI, to be pasted into a shell as they stand. Each is one line that begins with `aws `. */
export const isCommand = (line: string): boolean => line.startsWith('aws ');

/** Makes a service run a revision. It is then on record as somebody else's deployment. */
export function runRevision(service: ServiceKey, revision: string, place: Place | undefined): string {
  return `aws ecs update-service ${regionOf(place)}${serviceOf(service)} --task-definition ${quoted(revision)}`;
}

/** Shows what ECS said last about a service. */
export function showEvents(service: ServiceKey, place: Place | undefined): string {
  const [cluster = '', name = ''] = service.split('/');
  return `aws ecs describe-services ${regionOf(place)}--cluster ${quoted(cluster)} --services ${quoted(name)} --query 'services[0].events[:5].message'`;
}

/** Lifts a quarantine: the digest is no longer barred for all services. Deleting what is not there does nothing. */
export function liftQuarantine(digest: Digest, table: string, place: Place | undefined): string {
  const key = JSON.stringify({ pk: { S: 'quarantine' }, sk: { S: digest } });
  return `aws dynamodb delete-item ${regionOf(place)}--table-name ${quoted(table)} --key ${quoted(key)}`;
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
