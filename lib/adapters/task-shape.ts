import type { TaskShape, TaskSize } from '../domain/savings.ts';
import type { TaskDefinition } from '../domain/task-definition.ts';
import { platformName } from '../domain/platform.ts';
import { isJsonObject } from './lossless-json.ts';

type Members = Record<string, unknown>;

const includedGb = 20;

/** How large the tasks of a revision are, and on what they run. */
export function taskShape({ document, platform }: Pick<TaskDefinition, 'document' | 'platform'>): TaskShape {
  const { taskDefinition = {} } = document as { taskDefinition?: Members };
  const size = ofTask(taskDefinition) ?? ofContainers(taskDefinition);
  const storage = isJsonObject(taskDefinition['ephemeralStorage']) ? Number(taskDefinition['ephemeralStorage']['sizeInGiB']) : 0;
  return {
    ...(size === undefined ? {} : { size }),
    ...(platform === undefined ? {} : { platform: platformName(platform) }),
    ...(storage > includedGb ? { extraStorageGb: storage - includedGb } : {}),
  };
}

function ofTask({ cpu, memory }: Members): TaskSize | undefined {
  const [vcpu, gb] = [readVcpu(cpu), readGb(memory)];
  return vcpu === undefined || gb === undefined ? undefined : { vcpu, gb };
}

// On instances a task may name no size of its own: then it is what its containers ask for, where each says so.
function ofContainers({ containerDefinitions }: Members): TaskSize | undefined {
  const containers = Array.isArray(containerDefinitions) ? containerDefinitions.filter(isJsonObject) : [];
  const sizes = containers.map(({ cpu, memory, memoryReservation }) => ofTask({ cpu, memory: memory ?? memoryReservation }));
  if (sizes.length === 0 || sizes.includes(undefined)) return undefined;
  return sizes.reduce<TaskSize>((sum, size) => ({ vcpu: sum.vcpu + (size?.vcpu ?? 0), gb: sum.gb + (size?.gb ?? 0) }), { vcpu: 0, gb: 0 });
}

/** `256` units of which 1024 are one, or `.25 vCPU`. */
function readVcpu(text: unknown): number | undefined {
  return readAmount(text, 'vcpu');
}

/** `512` MiB, or `0.5 GB`. */
function readGb(text: unknown): number | undefined {
  return readAmount(text, 'gb');
}

function readAmount(text: unknown, unit: string): number | undefined {
  const [, amount, named] =
    /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(typeof text === 'number' ? `${text}` : typeof text === 'string' ? text : '') ?? [];
  const value = Number(amount);
  if (!(value > 0) || (named !== '' && named?.toLowerCase() !== unit)) return undefined;
  return named === '' ? value / 1024 : value;
}
