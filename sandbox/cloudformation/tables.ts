import { type Make, nameFrom } from './resource-type.ts';

/** What the engine behind DynamoDB takes of a table; the rest (encryption, backups, expiry, protection) it does not have. */
const taken = [
  'AttributeDefinitions',
  'KeySchema',
  'BillingMode',
  'ProvisionedThroughput',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
];

/** DynamoDB resources. */
export const tables: Record<string, Make> = {
  'AWS::DynamoDB::Table': async (properties, surroundings) => {
    const { call, region, account } = surroundings;
    const name = nameFrom(properties['TableName'], surroundings);
    const settings = Object.fromEntries(taken.filter((key) => key in properties).map((key) => [key, properties[key]]));
    await call('dynamodb', 'CreateTable', { TableName: name, ...settings });
    return { id: name, attributes: { Arn: `arn:aws:dynamodb:${region}:${account}:table/${name}` } };
  },
};
