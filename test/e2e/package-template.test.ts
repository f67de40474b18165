import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Configuration } from '../../lib/domain/policy.ts';
import type { JsonObject, Resource } from '../../plugin/cloudformation.ts';
import { functionNames, functions } from '../../plugin/functions.ts';
import type { FunctionName } from '../../plugin/functions.ts';
import { lambdaIdOf } from '../../plugin/names.ts';
import { unzip } from '../../sandbox/lambda/zip.ts';
import { packageFixture } from '../fixtures/package-fixture.ts';
import type { Packaged } from '../fixtures/package-fixture.ts';
import { diagnostics } from '../fixtures/template-diagnostics.ts';
import { breaches } from '../fixtures/template-limits.ts';

interface Template {
  Resources: Record<string, Resource>;
  Metadata: { 'ecs-autopilot': { configuration: Configuration } };
}

let many: Packaged;
let hundred: Packaged;
let faulty: Packaged;
let printed: Packaged;

beforeAll(async () => {
  [many, hundred, faulty, printed] = await Promise.all([
    packageFixture('many'),
    packageFixture('hundred'),
    packageFixture('faulty'),
    packageFixture('faulty', ['print']),
  ]);
}, 120_000);

afterAll(async () => {
  await Promise.all([many, hundred, faulty, printed].map((packaged) => packaged.remove()));
});

const templatePath = ({ directory }: Packaged) => join(directory, '.serverless/cloudformation-template-update-stack.json');
const templateOf = (packaged: Packaged) => JSON.parse(readFileSync(templatePath(packaged), 'utf8')) as Template;

/** Unpacks a function's archive; answers where. */
function unpacked({ directory }: Packaged, name: FunctionName): string {
  const folder = join(directory, name);
  unzip(readFileSync(join(directory, `.serverless/${name}.zip`)), folder);
  return folder;
}

function ofType(packaged: Packaged, type: string): JsonObject[] {
  const resources = Object.values(templateOf(packaged).Resources);
  return resources.flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

describe('a faulty configuration', () => {
  it('ends the command with every fault, and writes no package', () => {
    expect(faulty.exitCode).toBe(1);
    expect(faulty.output).toContain('custom.autopilot has 4 faults:');
    expect(faulty.output).toMatch(
      /my-web-app\.image\n[^]*did you mean: verify\n[^]*did you mean: history\n[^]*my-web-app\.offPeak\n[^]*there is none under schedules/,
    );
    expect(existsSync(join(faulty.directory, '.serverless'))).toBe(false);
  });

  it('can still be printed', () => {
    expect(printed).toMatchObject({ exitCode: 0 });
    expect(printed.output).toContain('histroy');
  });
});

describe('packaging', () => {
  it('warns of what is wide, and only of that', () => {
    expect([many.exitCode, hundred.exitCode]).toEqual([0, 0]);
    expect(many.output).toContain('No taskRoles for production/worker, staging/my-web-app, staging/retired');
    expect(many.output).not.toContain('No families');
    expect(hundred.output).not.toContain('Warning');
  });

  it('writes templates that CloudFormation takes', () => {
    expect(diagnostics(templatePath(many))).toEqual([]);
    expect(diagnostics(templatePath(hundred))).toEqual([]);
  });

  it('writes templates within every limit', () => {
    expect(breaches(templateOf(many).Resources)).toEqual([]);
    expect(breaches(templateOf(hundred).Resources)).toEqual([]);
    expect(readFileSync(templatePath(hundred)).length).toBeLessThan(1_000_000);
  });

  it.each<[defect: string, change: (template: Template) => void]>([
    ['a property that is misspelt', ({ Resources }) => Object.assign(Resources['Table']?.Properties ?? {}, { BillingMod: 'x' })],
    [
      'a reference to nothing',
      ({ Resources }) => Object.assign(Resources['TickAlarm']?.Properties ?? {}, { AlarmActions: [{ Ref: 'Nothing' }] }),
    ],
    [
      'a runtime that does not exist',
      ({ Resources }) => Object.assign(Resources[lambdaIdOf('tick')]?.Properties ?? {}, { Runtime: 'nodejs25.x' }),
    ],
  ])('would be told of %s', (_, change) => {
    const template = templateOf(many);
    change(template);
    const path = join(many.directory, 'defect.json');
    writeFileSync(path, JSON.stringify(template));
    expect(diagnostics(path)).not.toEqual([]);
  });
});

describe('the configuration', () => {
  it('travels in the metadata of the template', () => {
    const { configuration } = templateOf(many).Metadata['ecs-autopilot'];
    expect(Object.keys(configuration.services)).toEqual([
      'production/my-web-app',
      'production/worker',
      'staging/my-web-app',
      'staging/retired',
    ]);
    expect(configuration.services['production/worker']).toMatchObject({
      base: 'family',
      verify: { failures: 1, sharePercent: 50, withinMs: 300_000, bakeMs: 300_000, guard: { forMs: 43_200_000, withinMs: 7_200_000 } },
      historyMs: 2_592_000_000,
    });
  });

  it.each(functionNames.filter((name) => name !== 'post-to-slack'))('travels in the bundle of %s, without its schema', (name) => {
    const { configuration } = templateOf(many).Metadata['ecs-autopilot'];
    const folder = unpacked(many, name);
    const code = readFileSync(join(folder, `functions/${name}.cjs`), 'utf8');
    expect(readdirSync(folder, { recursive: true })).toEqual(['functions', join('functions', `${name}.cjs`)]);
    expect(code).toContain(configuration.hash);
    expect(code.includes('did you mean: ')).toBe(false);
  });
});

describe('the channels', () => {
  it('travel in the bundle of post-to-slack, and in no other', () => {
    const carriers = functionNames.filter((name) =>
      readFileSync(join(unpacked(many, name), `functions/${name}.cjs`), 'utf8').includes('/slack-webhook'),
    );
    expect(carriers).toEqual(['post-to-slack']);
  });
});

describe('the template', () => {
  it('has each function of the table, with a role and a log group of its own', () => {
    const { Resources } = templateOf(many);
    const lambdas = functionNames.map((name) => Resources[lambdaIdOf(name)]?.Properties);
    expect(lambdas.map((properties) => properties?.['FunctionName'])).toEqual(
      functionNames.map((name) => `ecs-autopilot-production-${name}`),
    );
    expect(ofType(many, 'AWS::Lambda::Function')).toHaveLength(functionNames.length);
    expect(new Set(lambdas.map((properties) => JSON.stringify(properties?.['Role']))).size).toBe(functionNames.length);
    expect(ofType(many, 'AWS::IAM::Role')).toHaveLength(functionNames.length + 1); // The schedule has one too.
    expect(ofType(many, 'AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual(functionNames.map(() => 30));
  });

  it('tells functions three things by their environment', () => {
    for (const properties of ofType(many, 'AWS::Lambda::Function')) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Timeout: 60,
        LoggingConfig: { LogFormat: 'JSON' },
        Environment: {
          Variables: { AUTOPILOT_TABLE: { Ref: 'Table' }, AUTOPILOT_TOPIC_ARN: { Ref: 'AlertsTopic' }, AUTOPILOT_STAGE: 'production' },
        },
      });
      expect(Object.keys((properties['Environment'] as { Variables: object }).Variables)).toHaveLength(3);
    }
  });

  it.each(functionNames.filter((name) => functions[name].trigger !== 'queue'))(
    'hands over what %s could not do as the table says',
    (name) => {
      const configurations = ofType(many, 'AWS::Lambda::EventInvokeConfig');
      const own = configurations.find(({ FunctionName }) => (FunctionName as JsonObject)['Ref'] === lambdaIdOf(name));
      const queue = { OnFailure: { Destination: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } } };
      expect(own).toMatchObject(
        functions[name].deadLetters
          ? { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3_600 }
          : { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      );
      expect(own?.['DestinationConfig']).toEqual(functions[name].deadLetters ? queue : {});
    },
  );

  it('ticks once a minute by a role that may do nothing else', () => {
    expect(ofType(many, 'AWS::Scheduler::Schedule')).toEqual([
      expect.objectContaining({
        ScheduleExpression: 'rate(1 minute)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: expect.objectContaining({
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
        }),
      }),
    ]);
    const [policy] = (templateOf(many).Resources['SchedulerRole']?.Properties['Policies'] ?? []) as { PolicyDocument: JsonObject }[];
    expect(policy?.PolicyDocument['Statement']).toMatchObject([
      { Action: ['lambda:InvokeFunction'], Resource: [{ 'Fn::GetAtt': ['TickLambdaFunction', 'Arn'] }] },
      { Action: ['sqs:SendMessage'], Resource: [{ 'Fn::GetAtt': ['DeadLetters', 'Arn'] }] },
    ]);
  });

  it('keeps the table whatever happens to the stack', () => {
    expect(templateOf(many).Resources['Table']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'ecs-autopilot-production',
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        GlobalSecondaryIndexes: [{ IndexName: 'due', Projection: { ProjectionType: 'KEYS_ONLY' } }],
      },
    });
  });

  it('has two alarms, which go to the plain topic', () => {
    const alarms = ofType(many, 'AWS::CloudWatch::Alarm');
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(['ecs-autopilot-production-dead-letters', 'ecs-autopilot-production-tick']);
    expect(alarms.map(({ AlarmActions }) => AlarmActions)).toEqual([[{ Ref: 'AlarmsTopic' }], [{ Ref: 'AlarmsTopic' }]]);
    const topics = ofType(many, 'AWS::SNS::Topic');
    expect(topics.map(({ TopicName, KmsMasterKeyId }) => [TopicName, KmsMasterKeyId])).toEqual([
      ['ecs-autopilot-production-alerts', 'alias/aws/sns'],
      ['ecs-autopilot-production-alarms', undefined],
    ]);
  });

  it('sends mail as the channels ask', () => {
    const mails = ofType(many, 'AWS::SNS::Subscription')
      .filter(({ Protocol }) => Protocol === 'email')
      .map(({ Endpoint, TopicArn, FilterPolicy }) => [Endpoint, (TopicArn as JsonObject)['Ref'], FilterPolicy]);
    expect(mails).toEqual([
      ['team@example.com', 'AlertsTopic', undefined],
      ['on-call@example.com', 'AlertsTopic', { level: ['critical'], service: [{ prefix: 'production/' }] }],
      ['team@example.com', 'AlarmsTopic', undefined],
    ]);
  });
});
