import { dynamoDeploymentLog } from '../../lib/adapters/dynamo-deployment-log.ts';
import { dynamoDueList } from '../../lib/adapters/dynamo-due-list.ts';
import { dynamoEnrolment } from '../../lib/adapters/dynamo-enrolment.ts';
import { dynamoExposures } from '../../lib/adapters/dynamo-exposures.ts';
import { dynamoFailingFleet } from '../../lib/adapters/dynamo-failing-fleet.ts';
import { dynamoHistory } from '../../lib/adapters/dynamo-history.ts';
import { dynamoHeads } from '../../lib/adapters/dynamo-heads.ts';
import { dynamoPosts } from '../../lib/adapters/dynamo-posts.ts';
import { dynamoQuarantine, dynamoQuarantineLifter } from '../../lib/adapters/dynamo-quarantine.ts';
import { dynamoRepositories } from '../../lib/adapters/dynamo-repositories.ts';
import { dynamoSleepHistory, dynamoSleepLog } from '../../lib/adapters/dynamo-sleep-log.ts';
import type { Posts } from '../../lib/ports/chat.ts';
import type { DeploymentHistory, DeploymentLog } from '../../lib/ports/deployment-log.ts';
import type { Enrolment } from '../../lib/ports/enrolment.ts';
import type { Exposures } from '../../lib/ports/exposures.ts';
import type { FailingFleet } from '../../lib/ports/failing-fleet.ts';
import type { DueList, Heads } from '../../lib/ports/heads.ts';
import type { Quarantine, QuarantineLifter } from '../../lib/ports/quarantine.ts';
import type { Repositories } from '../../lib/ports/repositories.ts';
import type { SleepHistory, SleepLog } from '../../lib/ports/sleep-log.ts';
import { memoryDeploymentLog, memoryHistory } from '../fakes/memory-deployment-log.ts';
import { memoryDueList } from '../fakes/memory-due-list.ts';
import { memoryEnrolment } from '../fakes/memory-enrolment.ts';
import { memoryExposures } from '../fakes/memory-exposures.ts';
import { memoryFailingFleet } from '../fakes/memory-failing-fleet.ts';
import { memoryHeads } from '../fakes/memory-heads.ts';
import { memoryPosts } from '../fakes/memory-posts.ts';
import { memoryQuarantine } from '../fakes/memory-quarantine.ts';
import { memoryRepositories } from '../fakes/memory-repositories.ts';
import { memorySleepHistory, memorySleepLog } from '../fakes/memory-sleep-log.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { startDynaliteTable } from './dynalite-table.ts';

/** Every port over the table, in one implementation, at the instant of all suites. */
export interface TablePorts {
  heads: Heads;
  dueList: DueList;
  log: DeploymentLog;
  history: DeploymentHistory;
  quarantine: Quarantine & QuarantineLifter;
  repositories: Repositories;
  sleepLog: SleepLog;
  sleeps: SleepHistory;
  enrolment: Enrolment;
  exposures: Exposures;
  failing: FailingFleet;
  posts: Posts;
  close(): Promise<void>;
}

export const suiteNow = new Date('2026-11-23T12:00:00.000Z');

async function inMemory(): Promise<TablePorts> {
  const table = memoryTable(() => suiteNow);
  return {
    heads: memoryHeads(table),
    dueList: memoryDueList(table),
    log: memoryDeploymentLog(table),
    history: memoryHistory(table),
    quarantine: memoryQuarantine(table),
    repositories: memoryRepositories(table),
    sleepLog: memorySleepLog(table),
    sleeps: memorySleepHistory(table),
    enrolment: memoryEnrolment(table),
    exposures: memoryExposures(),
    failing: memoryFailingFleet(),
    posts: memoryPosts(),
    close: async () => {},
  };
}

async function inDynamo(): Promise<TablePorts> {
  const { client, tableName, stop } = await startDynaliteTable();
  return {
    heads: dynamoHeads(client, tableName),
    dueList: dynamoDueList(client, tableName),
    log: dynamoDeploymentLog(client, tableName, () => suiteNow),
    history: dynamoHistory(client, tableName, () => suiteNow),
    quarantine: { ...dynamoQuarantine(client, tableName), ...dynamoQuarantineLifter(client, tableName) },
    repositories: dynamoRepositories(client, tableName),
    sleepLog: dynamoSleepLog(client, tableName),
    sleeps: dynamoSleepHistory(client, tableName, () => suiteNow),
    enrolment: dynamoEnrolment(client, tableName),
    exposures: dynamoExposures(client, tableName),
    failing: dynamoFailingFleet(client, tableName),
    posts: dynamoPosts(client, tableName),
    close: stop,
  };
}

/** For describe.each: every implementation keeps the same promises. */
export const tableImplementations: [name: string, open: () => Promise<TablePorts>][] = [
  ['memory', inMemory],
  ['dynamo', inDynamo],
];
