import { expect, it } from '@jest/globals';
import { taskShape } from '../../lib/adapters/task-shape.ts';
import type { Platform } from '../../lib/domain/platform.ts';
import type { TaskShape } from '../../lib/domain/savings.ts';

const arm: Platform = { os: 'linux', architecture: 'arm64' };
const containers = (...containerDefinitions: object[]) => ({ containerDefinitions });

it.each<[name: string, taskDefinition: object, shape: TaskShape]>([
  ['units and MiB', { cpu: '256', memory: '512' }, { size: { vcpu: 0.25, gb: 0.5 } }],
  ['vCPU and GB, as people write them', { cpu: '.5 vCPU', memory: '3 GB' }, { size: { vcpu: 0.5, gb: 3 } }],
  ['the same without a blank', { cpu: '1vCPU', memory: '2GB' }, { size: { vcpu: 1, gb: 2 } }],
  ['units of another kind', { cpu: '1 GB', memory: '512' }, {}],
  ['no memory', { cpu: '256' }, {}],
  ['nothing', { cpu: '0', memory: '0' }, {}],
  ['words', { cpu: 'much', memory: 'more' }, {}],
  [
    'what its containers ask for',
    containers({ cpu: 256, memory: 512 }, { cpu: 512, memoryReservation: 1024 }),
    { size: { vcpu: 0.75, gb: 1.5 } },
  ],
  ['a container that asks for no CPU', containers({ cpu: 256, memory: 512 }, { memory: 512 }), {}],
  [
    'its own size before that of its containers',
    { cpu: '1024', memory: '2048', ...containers({ cpu: 10, memory: 10 }) },
    { size: { vcpu: 1, gb: 2 } },
  ],
  ['no container', containers(), {}],
  [
    'more storage than is included',
    { cpu: '256', memory: '512', ephemeralStorage: { sizeInGiB: 50 } },
    { size: { vcpu: 0.25, gb: 0.5 }, extraStorageGb: 30 },
  ],
  ['the storage that is included', { cpu: '256', memory: '512', ephemeralStorage: { sizeInGiB: 20 } }, { size: { vcpu: 0.25, gb: 0.5 } }],
])('a task is as large as its revision says: %s', (_, taskDefinition, shape) => {
  expect(taskShape({ document: { taskDefinition } })).toEqual(shape);
});

it('a task runs on what its revision says', () => {
  expect(taskShape({ document: {}, platform: arm })).toEqual({ platform: 'linux/arm64' });
});
