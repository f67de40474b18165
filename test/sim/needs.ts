import type { Models } from './models.ts';
import { modelContents, modelScans } from './model-scans.ts';
import { modelRegistry } from './model-registry.ts';
import { modelServices } from './model-services.ts';
import { modelTaskDefinitions } from './model-task-definitions.ts';
import type { Needs } from './witness.ts';
import type { Fleet } from './fleet.ts';
import { modelScaling } from './nights/model-scaling.ts';
import { attendOffPeak } from '../../lib/flows/off-peak.ts';
import { memoryDeploymentLog, memoryHistory } from '../fakes/memory-deployment-log.ts';
import { memoryDueList } from '../fakes/memory-due-list.ts';
import { memoryEnrolment } from '../fakes/memory-enrolment.ts';
import { memoryExposures } from '../fakes/memory-exposures.ts';
import { memoryFailingFleet } from '../fakes/memory-failing-fleet.ts';
import { memoryHeads } from '../fakes/memory-heads.ts';
import { memoryQuarantine } from '../fakes/memory-quarantine.ts';
import { memoryRepositories } from '../fakes/memory-repositories.ts';
import type { MemoryTable } from '../fakes/memory-table.ts';

/** All ports of the product, over the models and over a table in memory. What the topic is told, the judges hear. */
export function needsOver({ ecs, ecr, images, targets }: Models, table: MemoryTable, fleet: Fleet, pageSize: number): Needs {
  return {
    configuration: fleet.configuration,
    ...(fleet.nights === undefined ? {} : { scaling: modelScaling({ ecs, targets }), offPeak: attendOffPeak }),
    table: 'sim',
    heads: memoryHeads(table),
    dueList: memoryDueList(table),
    failing: memoryFailingFleet(),
    log: memoryDeploymentLog(table),
    history: memoryHistory(table),
    metrics: { put: () => undefined },
    quarantine: memoryQuarantine(table),
    enrolment: memoryEnrolment(table),
    repositories: memoryRepositories(table),
    registry: modelRegistry(ecr, pageSize),
    contents: modelContents(images),
    scans: modelScans(ecr),
    exposures: memoryExposures(),
    services: modelServices(ecs),
    taskDefinitions: modelTaskDefinitions(ecs),
    taskLogs: { last: async () => ['the last line'] },
    settingsOf: () => ({}),
    topic: { tell: async () => undefined },
  };
}
