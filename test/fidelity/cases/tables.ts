import type { CallStep, FidelityCase } from '../case.ts';

const TableName = '{unique}';
const table: CallStep = {
  call: 'dynamodb CreateTable',
  input: {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  },
};
const key = (pk: string) => ({ pk: { S: pk } });
const write = (...keys: string[]): CallStep => ({
  call: 'dynamodb BatchWriteItem',
  input: { RequestItems: { [TableName]: keys.map((pk) => ({ PutRequest: { Item: key(pk) } })) } },
});

/** Calls on whole tables, and on many items at once. */
export const tables: FidelityCase[] = [
  {
    name: 'a table is there until it is deleted, and its name is taken meanwhile',
    sources: ['dynamodb API_CreateTable', 'dynamodb API_DescribeTable', 'dynamodb API_DeleteTable'],
    steps: [
      table,
      { ...table, refused: { name: 'ResourceInUseException' } },
      {
        call: 'dynamodb DescribeTable',
        input: { TableName },
        answer: { Table: { TableName, TableStatus: 'ACTIVE', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] } },
      },
      { call: 'dynamodb ListTables', answer: { TableNames: { $holds: [TableName] } } },
      { call: 'dynamodb DeleteTable', input: { TableName } },
    ],
  },
  {
    name: 'many items are written and read at once',
    sources: ['dynamodb API_BatchWriteItem', 'dynamodb API_BatchGetItem', 'dynamodb API_Scan'],
    steps: [
      table,
      write('a', 'b'),
      {
        call: 'dynamodb BatchGetItem',
        input: { RequestItems: { [TableName]: { Keys: [key('a'), key('none')] } } },
        answer: { Responses: { [TableName]: [key('a')] } },
      },
      { call: 'dynamodb Scan', input: { TableName }, answer: { Count: 2 } },
    ],
  },
  {
    name: 'twenty-six items are too many at once',
    sources: ['dynamodb API_BatchWriteItem'],
    others: { moto: 'Moto takes them; the page says 25 at most.' },
    steps: [table, { ...write(...Array.from({ length: 26 }, (_, i) => `k${i}`)), refused: { name: 'ValidationException' } }],
  },
  {
    name: 'an item is deleted only where the condition holds, and what is gone is no error',
    sources: ['dynamodb API_DeleteItem'],
    steps: [
      table,
      write('a'),
      {
        call: 'dynamodb DeleteItem',
        input: { TableName, Key: key('a'), ConditionExpression: 'attribute_not_exists(pk)' },
        refused: { name: 'ConditionalCheckFailedException' },
      },
      { call: 'dynamodb DeleteItem', input: { TableName, Key: key('a'), ReturnValues: 'ALL_OLD' }, answer: { Attributes: key('a') } },
      { call: 'dynamodb DeleteItem', input: { TableName, Key: key('a') } },
      { call: 'dynamodb GetItem', input: { TableName, Key: key('a') }, answer: { Item: { $absent: true } } },
    ],
  },
];
