import type { CallStep, FidelityCase } from '../case.ts';

type Members = Record<string, unknown>;

const Name = '/{unique}/hook';
const put = (more: Members = {}): CallStep => ({ call: 'ssm PutParameter', input: { Name, Value: 'one', Type: 'String', ...more } });
const get = (more: Members, answer: Members): CallStep => ({
  call: 'ssm GetParameter',
  input: { Name, ...more },
  answer: { Parameter: answer },
});
const ssm = (name: string): string => `https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_${name}.html`;
const secret: CallStep = { call: 'secretsmanager CreateSecret', input: { Name: '{unique}', SecretString: 'one' }, save: { secret: 'ARN' } };
const value = (more: Members, answer: Members): CallStep => ({
  call: 'secretsmanager GetSecretValue',
  input: { SecretId: '{unique}', ...more },
  answer,
});
const secrets = (name: string): string => `https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_${name}.html`;
const logGroupName = '/{unique}';
const stream = { logGroupName, logStreamName: 'web/web/1' };
const aGroup: CallStep = { call: 'logs CreateLogGroup', input: { logGroupName } };
const logs = (name: string): string => `https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_${name}.html`;

/** Parameters and secrets, from which webhooks are read. */
const valueCases: FidelityCase[] = [
  {
    name: 'a parameter is read with its version, and by it',
    sources: [ssm('PutParameter'), ssm('GetParameter')],
    steps: [
      { ...put(), answer: { Version: 1 } },
      { ...put({ Value: 'two', Overwrite: true }), answer: { Version: 2 } },
      get({}, { Name, Type: 'String', Value: 'two', Version: 2, LastModifiedDate: { $any: 'instant' } }),
      get({ Name: `${Name}:1` }, { Value: 'one', Version: 1 }),
    ],
  },
  {
    name: 'a parameter is overwritten only where that is asked for',
    sources: [ssm('PutParameter')],
    steps: [put(), { ...put({ Value: 'two' }), refused: { name: 'ParameterAlreadyExists' } }, get({}, { Value: 'one' })],
  },
  {
    name: 'a secure parameter is told in the clear only where it is decrypted',
    sources: [ssm('GetParameter')],
    steps: [put({ Type: 'SecureString' }), get({ WithDecryption: true }, { Value: 'one' }), get({}, { Value: { $not: 'one' } })],
  },
  {
    name: 'of several parameters those that are missing are named, which is no error',
    sources: [ssm('GetParameters')],
    steps: [
      put(),
      {
        call: 'ssm GetParameters',
        input: { Names: [Name, '/{unique}/none'] },
        answer: { Parameters: [{ Value: 'one' }], InvalidParameters: ['/{unique}/none'] },
      },
    ],
  },
  {
    name: 'a parameter that is not there is refused, and so is one that was deleted',
    sources: [ssm('GetParameter'), ssm('DeleteParameter')],
    steps: [
      { call: 'ssm GetParameter', input: { Name }, refused: { name: 'ParameterNotFound' } },
      put(),
      { call: 'ssm DeleteParameter', input: { Name } },
      { call: 'ssm DeleteParameter', input: { Name }, refused: { name: 'ParameterNotFound' } },
    ],
  },
  {
    name: 'a secret is read by its name and by its ARN, at the stage AWSCURRENT',
    sources: [secrets('GetSecretValue')],
    steps: [
      secret,
      value({}, { Name: '{unique}', SecretString: 'one', VersionStages: ['AWSCURRENT'] }),
      value({ SecretId: '{secret}' }, { SecretString: 'one' }),
    ],
  },
  {
    name: 'a new value leaves the one before at the stage AWSPREVIOUS',
    sources: [secrets('PutSecretValue')],
    steps: [
      secret,
      {
        call: 'secretsmanager PutSecretValue',
        input: { SecretId: '{unique}', SecretString: 'two' },
        answer: { VersionStages: ['AWSCURRENT'] },
      },
      value({}, { SecretString: 'two' }),
      value({ VersionStage: 'AWSPREVIOUS' }, { SecretString: 'one', VersionStages: ['AWSPREVIOUS'] }),
      { ...value({ VersionStage: 'AWSPENDING' }, {}), refused: { name: 'ResourceNotFoundException' } },
    ],
  },
  {
    name: 'a secret that is not there is refused, and so is a name that is taken',
    sources: [secrets('GetSecretValue'), secrets('CreateSecret')],
    steps: [
      { ...value({}, {}), refused: { name: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." } },
      secret,
      { ...secret, refused: { name: 'ResourceExistsException' } },
    ],
  },
];

/** CloudWatch Logs, where tasks say why they ended. */
const logCases: FidelityCase[] = [
  {
    name: 'a group is there once, and is told with its retention',
    sources: [logs('CreateLogGroup'), logs('PutRetentionPolicy')],
    steps: [
      aGroup,
      { ...aGroup, refused: { name: 'ResourceAlreadyExistsException' } },
      { call: 'logs PutRetentionPolicy', input: { logGroupName, retentionInDays: 30 } },
      {
        call: 'logs DescribeLogGroups',
        input: { logGroupNamePrefix: logGroupName },
        answer: { logGroups: [{ logGroupName, retentionInDays: 30, arn: { $matches: ':log-group:/{unique}:\\*$' } }] },
      },
    ],
  },
  {
    name: 'the latest lines come first, and an end is where the token repeats',
    sources: [logs('GetLogEvents')],
    steps: [
      aGroup,
      { call: 'logs CreateLogStream', input: stream },
      {
        call: 'logs PutLogEvents',
        input: { ...stream, logEvents: ['a', 'b', 'c'].map((message, i) => ({ message, timestamp: 1_795_165_200_000 + i })) },
      },
      {
        call: 'logs GetLogEvents',
        input: { ...stream, limit: 2 },
        answer: { events: [{ message: 'b' }, { message: 'c' }] },
        save: { forward: 'nextForwardToken' },
      },
      {
        call: 'logs GetLogEvents',
        input: { ...stream, nextToken: '{forward}' },
        answer: { events: [], nextForwardToken: '{forward}' },
      },
      { call: 'logs FilterLogEvents', input: { logGroupName, filterPattern: 'b' }, answer: { events: [{ message: 'b' }] } },
      {
        call: 'logs DescribeLogStreams',
        input: { logGroupName, logStreamNamePrefix: 'web/' },
        answer: { logStreams: [{ logStreamName: 'web/web/1', lastEventTimestamp: 1_795_165_200_002 }] },
      },
    ],
  },
  {
    name: 'a group or a stream that is not there is refused',
    sources: [logs('GetLogEvents'), logs('FilterLogEvents')],
    steps: [
      { call: 'logs FilterLogEvents', input: { logGroupName }, refused: { name: 'ResourceNotFoundException' } },
      aGroup,
      { call: 'logs GetLogEvents', input: stream, refused: { name: 'ResourceNotFoundException' } },
    ],
  },
];

export const stores: FidelityCase[] = [...valueCases, ...logCases];
