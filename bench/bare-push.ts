// The least that a push can take: a thread that makes only the four calls to ECS, one after the other, whenever it is told to.
import { parentPort, workerData } from 'node:worker_threads';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';

const { endpoint, cluster, service } = workerData as { endpoint: string; cluster: string; service: string };
const ecs = new ECSClient({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'bare', secretAccessKey: 'bare' },
  maxAttempts: 4,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
});

async function push(image: string): Promise<void> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: services?.[0]?.taskDefinition, include: ['TAGS'] }));
  const { taskDefinition: source } = described;
  const containerDefinitions = source?.containerDefinitions?.map((container) => ({ ...container, image }));
  const copy = { ...source, containerDefinitions } as RegisterTaskDefinitionCommandInput;
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(copy));
  await ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition: taskDefinition?.taskDefinitionArn }));
}

parentPort?.on('message', (image: string) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- The rule means a browser's window; node:worker_threads takes no origin.
  void push(image).then(() => parentPort?.postMessage('done'));
});
