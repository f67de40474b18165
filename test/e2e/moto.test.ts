import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awsAt, type Aws } from '../../demo/aws.ts';
import { manifest } from '../../demo/images.ts';
import { dynamoHeads } from '../../lib/adapters/dynamo-heads.ts';
import { unzip } from '../../sandbox/lambda/zip.ts';
import { aDeployment } from '../contract/examples.ts';
import { packaged } from '../fixtures/packaged.ts';

const table = 'ecs-autopilot-production';
const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const installed = spawnSync('moto_server', ['--help']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'ecs-autopilot-moto-'));

let moto: ChildProcess;
let endpoint: string;
let aws: Aws;
let topicArn = '';

async function startMoto(): Promise<void> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  moto = spawn('moto_server', ['-p', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  endpoint = `http://127.0.0.1:${port}`;
  for await (const chunk of moto.stderr ?? []) if (String(chunk).includes('Running on')) break; // It says so on stderr.
  aws = awsAt(endpoint);
}

/** Calls a packaged handler as Lambda does, in a process that is told nothing but what Lambda's environment tells. */
async function invoke(name: string, event: object): Promise<string> {
  unzip(readFileSync(join(await packaged('e2e'), `${name}.zip`)), folder);
  const context = `{ awsRequestId: 'moto', getRemainingTimeInMillis: () => 60000 }`;
  const code = `require('./functions/${name}.cjs').handler(${JSON.stringify(event)}, ${context}).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); })`;
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'moto',
    AWS_SECRET_ACCESS_KEY: 'moto',
    AWS_REGION: 'eu-west-1',
    AUTOPILOT_TABLE: table,
    AUTOPILOT_TOPIC_ARN: topicArn,
    AUTOPILOT_STAGE: 'production',
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], { cwd: folder, env });
  return stdout;
}

async function prepare(): Promise<void> {
  await aws.ecs.send(new CreateClusterCommand({ clusterName: 'production' }));
  await aws.ecr.send(new CreateRepositoryCommand({ repositoryName: 'web' }));
  await push('1.0.0');
  await aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'web', image: `${registry}/web:latest`, essential: true }],
    }),
  );
  await aws.ecs.send(
    new CreateServiceCommand({ cluster: 'production', serviceName: 'web', taskDefinition: 'web', desiredCount: 2, launchType: 'FARGATE' }),
  );
  await createTable();
  topicArn = (await aws.sns.send(new CreateTopicCommand({ Name: 'ecs-autopilot-production-alerts' }))).TopicArn ?? '';
  const fields = { enrolledAt: '2026-01-01T00:00:00.000Z', verified: [], waiting: {}, seen: {}, barred: {}, owed: [] };
  const { services = [] } = await aws.ecs.send(new DescribeServicesCommand({ cluster: 'production', services: ['web'] }));
  const { id: rolloutId = '', taskDefinition = '' } = services[0]?.deployments?.find(({ status }) => status === 'PRIMARY') ?? {};
  const current = aDeployment({ state: 'live', origin: 'external', images: {}, rolloutId, taskDefinition }); // What runs is on record.
  await dynamoHeads(aws.dynamo, table).create('production/web', { ...fields, current });
}

/** Answers the digest that moto gives it: a hash of the manifest as moto writes it down, not as it was pushed. */
async function push(version: string): Promise<string> {
  const put = new PutImageCommand({ repositoryName: 'web', imageTag: 'latest', imageManifest: manifest(version, 'healthy') });
  return (await aws.ecr.send(put)).image?.imageId?.imageDigest ?? '';
}

const key = (HASH: string, RANGE: string) => [
  { AttributeName: HASH, KeyType: 'HASH' as const },
  { AttributeName: RANGE, KeyType: 'RANGE' as const },
];

async function createTable(): Promise<void> {
  const names = ['pk', 'sk', 'dueShard', 'dueAt'];
  await aws.dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [{ IndexName: 'due', KeySchema: key('dueShard', 'dueAt'), Projection: { ProjectionType: 'KEYS_ONLY' } }],
    }),
  );
}

const pushed = (digest: string): object => ({
  ...(JSON.parse(readFileSync(join(import.meta.dirname, '../../events/ecr-push-tagged.json'), 'utf8')) as object),
  detail: {
    'action-type': 'PUSH',
    result: 'SUCCESS',
    'repository-name': 'web',
    'image-digest': digest,
    'image-tag': 'latest',
  },
});

const where = 'On moto, another emulator of AWS';
const suite = installed ? describe : describe.skip;

suite(installed ? where : `${where} (skipped: moto_server is missing, \`pip install 'moto[server]'\` brings it)`, () => {
  beforeAll(async () => {
    await startMoto();
    await prepare();
  });
  afterAll(async () => {
    moto.kill('SIGKILL');
    await once(moto, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  it('the packaged deploy-image registers a revision by digest and points the service to it', async () => {
    const digest = await push('1.1.0');
    await invoke('deploy-image', pushed(digest));
    const { services = [] } = await aws.ecs.send(new DescribeServicesCommand({ cluster: 'production', services: ['web'] }));
    const arn = services[0]?.taskDefinition;
    expect(arn).toMatch(/task-definition\/web:2$/);
    const described = await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }));
    expect(described.taskDefinition).toMatchObject({ family: 'web', cpu: '256', memory: '512', networkMode: 'awsvpc' });
    expect(described.taskDefinition?.containerDefinitions).toMatchObject([
      { name: 'web', image: `${registry}/web@${digest}`, essential: true },
    ]);
    const head = await dynamoHeads(aws.dynamo, table).read('production/web');
    // Not which rollout: moto goes on telling the one from before as PRIMARY.
    expect(head?.current).toMatchObject({ state: 'deploying', images: { web: { digest, tag: 'latest' } } });
    expect(described.tags).toContainEqual({ key: 'autopilot:deployment', value: head?.current?.id });
    expect(head?.owed).toEqual([]); // Told and on record.
  });
});
