import type { FidelityCase } from './case.ts';
import { ecrImages } from './cases/ecr-images.ts';
import { ecrListings } from './cases/ecr-listings.ts';
import { ecrScans } from './cases/ecr-scans.ts';
import { ecsDigests } from './cases/ecs-digests.ts';
import { ecsReading } from './cases/ecs-reading.ts';
import { ecsRollouts } from './cases/ecs-rollouts.ts';
import { ecsServices } from './cases/ecs-services.ts';
import { ecsTaskDefinitions } from './cases/ecs-task-definitions.ts';
import { ecsTasks } from './cases/ecs-tasks.ts';
import { furtherMessages } from './cases/further-messages.ts';
import { further } from './cases/further.ts';
import { layers } from './cases/layers.ts';
import { lists } from './cases/lists.ts';
import { messages } from './cases/messages.ts';
import { patterns } from './cases/patterns.ts';
import { policies } from './cases/policies.ts';
import { records } from './cases/records.ts';
import { scaling } from './cases/scaling.ts';
import { stores } from './cases/stores.ts';
import { tables } from './cases/tables.ts';

const ecs = [...ecsReading, ...ecsTaskDefinitions, ...ecsServices, ...ecsRollouts, ...ecsDigests, ...ecsTasks];

/** Every claim about AWS that the sandbox is held to. The scans come first: a day passes in them, and no service should crash through it. */
export const allCases: FidelityCase[] = [
  ...ecrScans,
  ...ecrImages,
  ...ecrListings,
  ...ecs,
  ...messages,
  ...patterns,
  ...records,
  ...tables,
  ...scaling,
  ...stores,
  ...lists,
  ...further,
  ...layers,
  ...furtherMessages,
  ...policies,
];
