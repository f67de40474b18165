import type { CallStep, FidelityCase } from '../case.ts';

type Members = Record<string, unknown>;

const TableName = '{unique}';
const table: CallStep = {
  call: 'dynamodb CreateTable',
  input: {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  },
};
const Key = { pk: { S: 'service#production/web' }, sk: { S: 'head' } };
const failed = { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' };
const put = (more: Members = {}): CallStep => ({
  call: 'dynamodb PutItem',
  input: { TableName, Item: { ...Key, version: { N: '1' } }, ConditionExpression: 'attribute_not_exists(pk)', ...more },
});
const update = (UpdateExpression: string, more: Members = {}): CallStep => ({
  call: 'dynamodb UpdateItem',
  input: { TableName, Key, UpdateExpression, ReturnValues: 'ALL_NEW', ...more },
});
const api = (operation: string): string[] => [`dynamodb API_${operation}`, 'dynamodb Expressions.ConditionExpressions'];

/** What the product's table rests on, and who is calling. */
export const records: FidelityCase[] = [
  {
    name: 'an item is created once',
    sources: api('PutItem'),
    steps: [table, put(), { ...put(), refused: failed }],
  },
  {
    name: 'an item is changed only at the version that was read',
    sources: api('UpdateItem'),
    steps: [
      table,
      put(),
      {
        ...update('SET version = :next', {
          ConditionExpression: 'version = :read',
          ExpressionAttributeValues: { ':next': { N: '2' }, ':read': { N: '1' } },
        }),
        answer: { Attributes: { version: { N: '2' } } },
      },
      {
        ...update('SET version = :next', {
          ConditionExpression: 'version = :read',
          ExpressionAttributeValues: { ':next': { N: '2' }, ':read': { N: '1' } },
        }),
        refused: failed,
      },
    ],
  },
  {
    name: 'a set grows by what is not in it yet, and counts each once',
    sources: ['dynamodb Expressions.UpdateExpressions'],
    steps: [
      table,
      put(),
      update('ADD failures :task', { ExpressionAttributeValues: { ':task': { SS: ['a'] } } }),
      {
        ...update('ADD failures :task', { ExpressionAttributeValues: { ':task': { SS: ['a'] } } }),
        answer: { Attributes: { failures: { SS: ['a'] } } },
      },
      {
        ...update('ADD failures :task', {
          ConditionExpression: 'size(failures) < :most',
          ExpressionAttributeValues: { ':task': { SS: ['b'] }, ':most': { N: '1' } },
        }),
        refused: failed,
      },
      {
        ...update('DELETE failures :task', { ExpressionAttributeValues: { ':task': { SS: ['a'] } } }),
        answer: { Attributes: { failures: { $absent: true }, version: { N: '1' } } },
      },
    ],
  },
  {
    name: 'an update makes an item that is not there, unless a condition asks for it',
    sources: api('UpdateItem'),
    steps: [
      table,
      {
        ...update('ADD failures :task', {
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':task': { SS: ['a'] } },
        }),
        refused: failed,
      },
      { call: 'dynamodb GetItem', input: { TableName, Key, ConsistentRead: true }, answer: { Item: { $absent: true } } },
      {
        ...update('SET version = :one', { ExpressionAttributeValues: { ':one': { N: '1' } } }),
        answer: { Attributes: { version: { N: '1' } } },
      },
    ],
  },
  {
    name: 'a reserved word wants a placeholder',
    sources: ['dynamodb ReservedWords', 'dynamodb Expressions.ExpressionAttributeNames'],
    steps: [
      table,
      { ...update('SET status = :s', { ExpressionAttributeValues: { ':s': { S: 'a' } } }), refused: { name: 'ValidationException' } },
      update('SET #status = :s', { ExpressionAttributeNames: { '#status': 'status' }, ExpressionAttributeValues: { ':s': { S: 'a' } } }),
    ],
  },
  {
    name: 'a query answers the newest first where it is asked to',
    sources: ['dynamodb API_Query'],
    steps: [
      table,
      ...['deployment#1', 'deployment#2', 'head'].map((sk): CallStep => ({
        call: 'dynamodb PutItem',
        input: { TableName, Item: { pk: Key.pk, sk: { S: sk } } },
      })),
      {
        call: 'dynamodb Query',
        input: {
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': Key.pk, ':prefix': { S: 'deployment#' } },
          ScanIndexForward: false,
          Limit: 1,
        },
        answer: { Items: [{ sk: { S: 'deployment#2' } }], LastEvaluatedKey: { sk: { S: 'deployment#2' } } },
      },
    ],
  },
  {
    name: 'a table that is not there is refused',
    sources: ['dynamodb API_GetItem'],
    steps: [{ call: 'dynamodb GetItem', input: { TableName, Key }, refused: { name: 'ResourceNotFoundException' } }],
  },
  {
    name: 'the caller is told account and ARN',
    sources: ['sts API_GetCallerIdentity'],
    steps: [
      {
        call: 'sts GetCallerIdentity',
        answer: { Account: '123456789012', Arn: { $matches: '^arn:aws:(iam|sts)::123456789012:' }, UserId: { $any: 'string' } },
      },
    ],
  },
];
