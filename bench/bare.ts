import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { World } from './world.ts';

const service = 'bare';
const cluster = 'bench';

/** A service that nobody manages, and a thread that pushes to it by the four calls alone. */
export interface Bare {
  /** Milliseconds from the order to the answer of UpdateService. */
  push: (version: string) => Promise<number>;
  close: () => Promise<void>;
}

/** Makes the unmanaged service and starts the thread; its first push warms it. */
export async function startBare({ sandbox, calls }: World): Promise<Bare> {
  await makeService(sandbox.call);
  const worker = new Worker(new URL('bare-push.ts', import.meta.url), { workerData: { endpoint: sandbox.endpoint, cluster, service } });
  const push = async (version: string): Promise<number> => {
    const beganMs = performance.now();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- The rule means a browser's window; node:worker_threads takes no origin.
    worker.postMessage(imageOf(version));
    await once(worker, 'message');
    const last = calls.findLast(({ caller, operation }) => caller === 'bare' && operation === 'UpdateService');
    if (last === undefined) throw new Error('the bare script made no UpdateService');
    return last.endedMs - beganMs;
  };
  await push('warm');
  return {
    push,
    close: async () => {
      await worker.terminate();
    },
  };
}

async function makeService(call: World['sandbox']['call']): Promise<void> {
  await call('ecs', 'CreateCluster', { clusterName: cluster });
  await call('ecs', 'RegisterTaskDefinition', {
    family: service,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    containerDefinitions: [{ name: service, image: imageOf('0'), essential: true }],
  });
  await call('ecs', 'CreateService', {
    cluster,
    serviceName: service,
    taskDefinition: service,
    desiredCount: 0,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-11111111'] } },
  });
}

function imageOf(version: string): string {
  return `123456789012.dkr.ecr.eu-west-1.amazonaws.com/bare:${version}`;
}
