import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { manifest } from '../../demo/images.ts';

const start = new Date('2026-01-05T10:00:00.000Z');
let sandbox: Sandbox;
let ssm: SSMClient;
let secrets: SecretsManagerClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  sandbox = await startSandbox({ start, uncheckedLayers: true });
  const settings = {
    endpoint: sandbox.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  };
  ssm = new SSMClient(settings);
  secrets = new SecretsManagerClient(settings);
  logs = new CloudWatchLogsClient(settings);
});
afterAll(() => sandbox.close());

describe('The parameter store', () => {
  const Name = '/autopilot/slack-webhook';

  it('tells a secure value in the clear only when asked to decrypt it', async () => {
    await ssm.send(new PutParameterCommand({ Name, Value: 'https://hooks', Type: 'SecureString' }));
    const clear = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
    const sealed = await ssm.send(new GetParameterCommand({ Name }));
    expect(clear.Parameter).toEqual({
      Name,
      Type: 'SecureString',
      Value: 'https://hooks',
      Version: 1,
      LastModifiedDate: start,
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/autopilot/slack-webhook',
      DataType: 'text',
    });
    expect(sealed.Parameter?.Value).not.toContain('hooks');
  });

  it('overwrites only when told to, and keeps the version before', async () => {
    await expect(ssm.send(new PutParameterCommand({ Name, Value: 'b' }))).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect(await ssm.send(new PutParameterCommand({ Name, Value: 'b', Overwrite: true }))).toMatchObject({ Version: 2 });
    const values = await Promise.all(
      [Name, `${Name}:1`].map(
        async (one) => (await ssm.send(new GetParameterCommand({ Name: one, WithDecryption: true }))).Parameter?.Value,
      ),
    );
    expect(values).toEqual(['b', 'https://hooks']);
  });

  it('says which of several names it does not have', async () => {
    const { Parameters = [], InvalidParameters } = await ssm.send(
      new GetParametersCommand({ Names: [Name, '/absent'], WithDecryption: true }),
    );
    expect([Parameters.map(({ Value }) => Value), InvalidParameters]).toEqual([['b'], ['/absent']]);
  });

  it.each<[sentence: string, command: () => Promise<unknown>, error: string]>([
    ['a parameter that is not there', () => ssm.send(new GetParameterCommand({ Name: '/absent' })), 'ParameterNotFound'],
    ['a version that is not there', () => ssm.send(new GetParameterCommand({ Name: `${Name}:9` })), 'ParameterNotFound'],
    ['a new parameter without a type', () => ssm.send(new PutParameterCommand({ Name: '/other', Value: 'a' })), 'ValidationException'],
    ["a name of AWS's own", () => ssm.send(new PutParameterCommand({ Name: '/aws/x', Value: 'a', Type: 'String' })), 'ValidationException'],
    [
      'more than 4 KB',
      () => ssm.send(new PutParameterCommand({ Name: '/big', Value: 'a'.repeat(4097), Type: 'String' })),
      'ValidationException',
    ],
  ])('refuses %s', async (_, command, error) => {
    await expect(command()).rejects.toMatchObject({ name: error });
  });
});

describe('Secrets Manager', () => {
  it('finds a secret by name and by ARN, current and previous', async () => {
    const { ARN: SecretId = '' } = await secrets.send(new CreateSecretCommand({ Name: 'slack', SecretString: 'one' }));
    expect(SecretId).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-[0-9a-f]{6}$/);
    await secrets.send(new PutSecretValueCommand({ SecretId: 'slack', SecretString: 'two' }));
    const read = async (input: { SecretId: string; VersionStage?: string }): Promise<string | undefined> =>
      (await secrets.send(new GetSecretValueCommand(input))).SecretString;
    expect([
      await read({ SecretId: 'slack' }),
      await read({ SecretId }),
      await read({ SecretId: SecretId.slice(0, -7) }),
      await read({ SecretId, VersionStage: 'AWSPREVIOUS' }),
    ]).toEqual(['two', 'two', 'two', 'one']);
  });

  it.each<[sentence: string, command: () => Promise<unknown>, error: string]>([
    ['a secret that is not there', () => secrets.send(new GetSecretValueCommand({ SecretId: 'absent' })), 'ResourceNotFoundException'],
    [
      'a stage that is not there',
      () => secrets.send(new GetSecretValueCommand({ SecretId: 'slack', VersionStage: 'AWSPENDING' })),
      'ResourceNotFoundException',
    ],
    ['a name that is taken', () => secrets.send(new CreateSecretCommand({ Name: 'slack' })), 'ResourceExistsException'],
  ])('refuses %s', async (_, command, error) => {
    await expect(command()).rejects.toMatchObject({ name: error });
  });
});

const messages = (events: { message?: string | undefined }[] = []): (string | undefined)[] => events.map(({ message }) => message);

describe('CloudWatch Logs', () => {
  const logGroupName = '/ecs/web';
  const logStreamName = 'web/web/1';
  const at = start.getTime();

  beforeAll(async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const logEvents = ['started', 'GET / 200', 'Error: lost the database', 'GET / 500'].map((message, index) => ({
      message,
      timestamp: at + index,
    }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  });

  it('gives the newest events first, page by page to the oldest', async () => {
    const last = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 3 }));
    const before = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 3, nextToken: last.nextBackwardToken }));
    const end = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 3, nextToken: before.nextBackwardToken }));
    expect([last, before, end].map(({ events }) => messages(events))).toEqual([
      ['GET / 200', 'Error: lost the database', 'GET / 500'],
      ['started'],
      [],
    ]);
    expect(end.nextBackwardToken).toBe(before.nextBackwardToken);
  });

  it('gives the oldest first when asked to, and nothing twice', async () => {
    const first = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 3, startFromHead: true }));
    const rest = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 3, nextToken: first.nextForwardToken }));
    expect([messages(first.events), messages(rest.events)]).toEqual([['started', 'GET / 200', 'Error: lost the database'], ['GET / 500']]);
  });

  it.each<[sentence: string, filterPattern: string, found: string[]]>([
    ['a term', 'GET', ['GET / 200', 'GET / 500']],
    ['all terms', 'GET 500', ['GET / 500']],
    ['a quoted text', '"lost the"', ['Error: lost the database']],
    ['what a term is not in', '-GET -started', ['Error: lost the database']],
    ['one of several', '?Error ?started', ['started', 'Error: lost the database']],
  ])('filters by %s', async (_, filterPattern, found) => {
    expect(messages((await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }))).events)).toEqual(found);
  });

  it('filters by time: the beginning belongs to it, the end does not', async () => {
    expect(messages((await logs.send(new FilterLogEventsCommand({ logGroupName, startTime: at + 1, endTime: at + 3 }))).events)).toEqual([
      'GET / 200',
      'Error: lost the database',
    ]);
  });

  it('refuses what there is not', async () => {
    await expect(logs.send(new GetLogEventsCommand({ logGroupName: '/absent', logStreamName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'absent' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '{ $.level = "error" }' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('has what tasks with awslogs wrote, in a stream of prefix, container and task', async () => {
    const call = sandbox.call;
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    await call('ecr', 'CreateRepository', { repositoryName: 'shop' });
    await call('ecr', 'PutImage', {
      repositoryName: 'shop',
      imageTag: 'latest',
      imageManifest: manifest('1', 'crash after=5s exit=1'),
      imageManifestMediaType: mediaType,
    });
    await call('ecs', 'CreateCluster', { clusterName: 'c' });
    const logConfiguration = {
      logDriver: 'awslogs',
      options: { 'awslogs-group': logGroupName, 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'shop' },
    };
    const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:latest';
    await call('ecs', 'RegisterTaskDefinition', {
      family: 'shop',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      containerDefinitions: [{ name: 'app', image, logConfiguration }],
    });
    const { tasks } = (await call('ecs', 'RunTask', {
      cluster: 'c',
      taskDefinition: 'shop',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    })) as { tasks: { taskArn: string }[] };
    await sandbox.clock.advance(180_000);
    const stream = `shop/app/${tasks[0]?.taskArn.split('/').at(-1)}`;
    const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: 'shop/' }));
    expect(logStreams.map((one) => one.logStreamName)).toEqual([stream]);
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: stream }));
    expect(messages(events).at(-1)).toContain('1');
  });
});
