import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { aFunction, aQueue, type SmallPackage, writePackage } from '../fixtures/sandbox-package.ts';

let sandbox: Sandbox | undefined;
let remove: (() => void) | undefined;

async function load(small: SmallPackage): Promise<Sandbox> {
  const packaged = writePackage(small);
  ({ remove } = packaged);
  sandbox = await startSandbox({ package: packaged.folder, fleet: false });
  return sandbox;
}

afterEach(async () => {
  await sandbox?.close();
  remove?.();
  [sandbox, remove] = [undefined, undefined];
});

const settings = ({
  endpoint,
}: Sandbox): { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } } => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
});

/** A function whose environment shows what an expression of the template comes to. */
const showing = (Value: unknown): Record<string, object> => ({ Shown: { Value } });

describe('A template comes to', () => {
  const queues = aQueue('Inbox');
  const account = '123456789012';
  const expressions: [sentence: string, expression: unknown, value: string][] = [
    ['the id of a resource', { Ref: 'Inbox' }, `http://127.0.0.1:PORT/${account}/Inbox`],
    ['an attribute', { 'Fn::GetAtt': ['Inbox', 'Arn'] }, `arn:aws:sqs:eu-west-1:${account}:Inbox`],
    ['an attribute in one word', { 'Fn::GetAtt': 'Inbox.QueueName' }, 'Inbox'],
    [
      'parts that are joined',
      { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }]] },
      `arn:aws:eu-west-1:${account}`,
    ],
    ['a text with names in it', { 'Fn::Sub': '${AWS::StackName}/${Inbox.QueueName}/${!Literal}' }, 'small-test/Inbox/${Literal}'],
    [
      'a text with names of its own',
      { 'Fn::Sub': ['${a}.${AWS::URLSuffix}', { a: { 'Fn::GetAtt': ['Inbox', 'QueueName'] } }] },
      'Inbox.amazonaws.com',
    ],
    ['a part of a split text', { 'Fn::Select': [2, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Inbox', 'Arn'] }] }] }, 'sqs'],
    ['what a condition chooses', { 'Fn::If': ['IsSmall', 'small', 'large'] }, 'small'],
    ['what a condition does not choose', { 'Fn::If': ['IsLarge', 'large', 'small'] }, 'small'],
    ['what several conditions choose', { 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    ['a document as text', { 'Fn::ToJsonString': { a: { Ref: 'AWS::Region' } } }, '{"a":"eu-west-1"}'],
  ];
  it.each(expressions)('%s', async (_, expression, value) => {
    const conditions = {
      IsSmall: { 'Fn::Equals': [{ Ref: 'AWS::StackName' }, 'small-test'] },
      IsLarge: { 'Fn::Not': [{ Condition: 'IsSmall' }] },
      Either: { 'Fn::And': [{ 'Fn::Or': [{ Condition: 'IsSmall' }, { Condition: 'IsLarge' }] }, { Condition: 'IsSmall' }] },
    };
    const loaded = await load({ resources: queues, conditions, outputs: showing(expression) });
    const { Stacks } = await new CloudFormationClient(settings(loaded)).send(new DescribeStacksCommand({ StackName: 'small-test' }));
    expect(Stacks?.[0]?.Outputs?.[0]?.OutputValue?.replace(/:\d+\/123/, ':PORT/123')).toBe(value);
  });
});

describe('A stack', () => {
  const table = {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Retain',
    Properties: {
      TableName: 'records',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    },
  };

  it('has its tables, without what the engine lacks', async () => {
    const loaded = await load({ resources: { Records: table } });
    const { Table } = await new DynamoDBClient(settings(loaded)).send(new DescribeTableCommand({ TableName: 'records' }));
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', TableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/records' });
  });

  it('is told resource by resource, each after those that it refers to', async () => {
    const user = aFunction('user', { Environment: { Variables: { TABLE: { Ref: 'Records' } } } });
    const loaded = await load({
      functions: { user: 'exports.handler = async () => process.env.TABLE;' },
      resources: { User: user, Records: table },
    });
    const { StackResourceSummaries = [] } = await new CloudFormationClient(settings(loaded)).send(
      new ListStackResourcesCommand({ StackName: 'small-test' }),
    );
    expect(StackResourceSummaries.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId])).toEqual([
      ['Small', 'small'],
      ['Records', 'records'],
      ['User', 'user'],
    ]);
    expect(loaded.world.functions.get('user').environment).toEqual({ TABLE: 'records' });
  });

  it('leaves out a property that comes to no value', async () => {
    const environment = { Variables: { KEPT: 'a', LEFT_OUT: { Ref: 'AWS::NoValue' } } };
    const loaded = await load({
      functions: { user: '' },
      resources: { User: aFunction('user', { Environment: environment, Description: { Ref: 'AWS::NoValue' } }) },
    });
    expect(loaded.world.functions.get('user')).toMatchObject({ environment: { KEPT: 'a' }, description: '' });
  });

  it('leaves out what its condition leaves out', async () => {
    const conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const loaded = await load({ conditions, resources: { Records: { ...table, Condition: 'Never' }, ...aQueue('Inbox') } });
    expect(loaded.world.stacks[0]?.resources.map(({ logicalId }) => logicalId)).toEqual(['Small', 'Inbox']);
  });

  it.each<[sentence: string, resources: Record<string, object>, message: RegExp]>([
    [
      'of a type that is not known',
      { Site: { Type: 'AWS::CloudFront::Distribution' } },
      /does not know AWS::CloudFront::Distribution \(Site\)/,
    ],
    ['that refers to nothing', { Inbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Outbox' } } } }, /refers to Outbox/],
    [
      'that asks for an attribute that there is not',
      { ...aQueue('Inbox'), Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['Inbox', 'Colour'] } } } },
      /AWS::SQS::Queue \(Inbox\) has no attribute Colour/,
    ],
    [
      'that runs in a circle',
      { A: { Type: 'AWS::IAM::Role', DependsOn: 'B' }, B: { Type: 'AWS::IAM::Role', DependsOn: 'A' } },
      /Circular dependency.*A → B → A/,
    ],
    [
      'with a function of templates that is not known',
      { A: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::ImportValue': 'x' } } } },
      /does not know the function Fn::ImportValue/,
    ],
    [
      'with a property that its service does not have',
      { Inbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'a', Colour: 'red' } } },
      /AWS::SQS::Queue \(Inbox\) could not be created: Unknown Attribute Colour/,
    ],
    [
      'with a role whose boundary would not be judged',
      { A: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/edge' } } },
      /AWS::IAM::Role \(A\) could not be created: PermissionsBoundary is "arn:aws:iam::123456789012:policy\/edge", and the sandbox judges by no boundary/,
    ],
    [
      'with a property of a function that there is not',
      { F: aFunction('f', { Memory: 128 }) },
      /AWS::Lambda::Function \(F\) could not be created: Unknown member: Memory/,
    ],
  ])('is refused %s', async (_, resources, message) => {
    await expect(load({ resources, functions: { f: '' } })).rejects.toThrow(message);
  });

  it('is refused where there is no package, with what to do', async () => {
    await expect(startSandbox({ package: '/nowhere' })).rejects.toThrow(/no package in \/nowhere: run `npm run package`/);
  });
});
