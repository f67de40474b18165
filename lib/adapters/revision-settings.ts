import { createHash } from 'node:crypto';
import type { TaskDefinition } from '../domain/task-definition.ts';
import { isJsonObject } from './lossless-json.ts';

type Members = Record<string, unknown>;

/** Of the task: what is told with its value. */
const sizes = ['cpu', 'memory', 'networkMode', 'executionRoleArn', 'taskRoleArn'];
const ofContainers = ['command', 'entryPoint', 'cpu', 'memory', 'memoryReservation', 'user', 'workingDirectory'];

/**
 * The settings of a revision as a flat table, images left out: sizes, roles and commands with their values, variables of the environment and secrets by
 * name with a fingerprint, so that no value leaves this place.
 */
export function revisionSettings({ document }: Pick<TaskDefinition, 'document'>): Record<string, string> {
  const { taskDefinition = {} } = document as { taskDefinition?: Members };
  const containers = Array.isArray(taskDefinition['containerDefinitions'])
    ? taskDefinition['containerDefinitions'].filter(isJsonObject)
    : [];
  const entries = [...told(taskDefinition, sizes, ''), ...containers.flatMap(settingsOf)];
  return Object.fromEntries(entries);
}

function settingsOf(container: Members): [string, string][] {
  const name = `${String(container['name'])}: `;
  return [
    ...told(container, ofContainers, name),
    ...named(container['environment'], `${name}variable `, 'value'),
    ...named(container['secrets'], `${name}secret `, 'valueFrom'),
    ...whole(container['healthCheck'], `${name}health check`),
    ...whole(container['portMappings'], `${name}ports`),
  ];
}

function told(members: Members, names: string[], prefix: string): [string, string][] {
  return names.flatMap((name) => {
    const value = members[name];
    return value === undefined || value === null ? [] : [[`${prefix}${name}`, textOf(value)] as [string, string]];
  });
}

// Each argument of a command on its own line.
function textOf(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function named(list: unknown, prefix: string, member: string): [string, string][] {
  if (!Array.isArray(list)) return [];
  return list.filter(isJsonObject).map((one) => [`${prefix}${String(one['name'])}`, fingerprint(one[member])]);
}

function whole(value: unknown, name: string): [string, string][] {
  return value === undefined || value === null ? [] : [[name, fingerprint(value)]];
}

function fingerprint(value: unknown): string {
  return `#${createHash('sha256')
    .update(JSON.stringify(value ?? ''))
    .digest('hex')
    .slice(0, 16)}`;
}
