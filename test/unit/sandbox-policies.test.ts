import { describe, expect, it } from '@jest/globals';
import { isAllowed, type ServiceRequest } from '../../sandbox/model/policy.ts';
import { compileTopicFilter } from '../../sandbox/model/topic-filter.ts';

const queue = 'arn:aws:sqs:eu-west-1:123456789012:dead-letters';
const rule = 'arn:aws:events:eu-west-1:123456789012:rule/app-deploy-image-1';
const request: ServiceRequest = {
  principal: 'events.amazonaws.com',
  action: 'sqs:SendMessage',
  resource: queue,
  context: { 'aws:SourceArn': rule },
};
const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue };
const when = (Condition: object): object => ({ ...statement, Condition });

describe('A resource policy', () => {
  const cases: [sentence: string, statements: object[], allowed: boolean][] = [
    ['allows what a statement names', [statement], true],
    ['allows nothing by itself', [], false],
    ['does not allow another service', [{ ...statement, Principal: { Service: 'sns.amazonaws.com' } }], false],
    ['allows one of several services', [{ ...statement, Principal: { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] } }], true],
    ['allows everyone', [{ ...statement, Principal: '*' }], true],
    ['does not take an account for a service', [{ ...statement, Principal: { AWS: 'arn:aws:iam::123456789012:root' } }], false],
    ['does not allow another action', [{ ...statement, Action: 'sqs:ReceiveMessage' }], false],
    ['allows actions by a star, in any case', [{ ...statement, Action: ['SQS:*'] }], true],
    ['does not allow another resource', [{ ...statement, Resource: `${queue}-2` }], false],
    [
      'allows a source by its prefix',
      [when({ ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/app-deploy-image-*' } })],
      true,
    ],
    ['allows a source whatever the key is written like', [when({ ArnEquals: { 'AWS:SourceArn': rule } })], true],
    [
      'does not allow another source',
      [when({ ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/app-tick-*' } })],
      false,
    ],
    ['does not read a star in StringEquals', [when({ StringEquals: { 'aws:SourceArn': 'arn:aws:events:*' } })], false],
    ['does not allow by a key that the request lacks', [when({ StringEquals: { 'aws:SourceAccount': '123456789012' } })], false],
    ['does not allow by an operator that it does not know', [when({ NumericLessThan: { 'aws:SourceArn': rule } })], false],
    ['denies before it allows', [statement, { ...statement, Effect: 'Deny' }], false],
  ];
  it.each(cases)('%s', (_, Statement, allowed) => expect(isAllowed({ Statement }, request)).toBe(allowed));
});

const attributes = {
  level: { DataType: 'String', StringValue: 'critical' },
  count: { DataType: 'Number', StringValue: '5' },
  tags: { DataType: 'String.Array', StringValue: '["a","b"]' },
};

const keys = (count: number): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, ['a']]));

const values = (count: number): string[] => Array.from({ length: count }, (_, index) => `value${index}`);

describe('A filter policy', () => {
  const cases: [sentence: string, policy: object, wanted: boolean][] = [
    ['without keys wants everything', {}, true],
    ['wants one of its values', { level: ['warning', 'critical'] }, true],
    ['does not want another', { level: ['info'] }, false],
    ['compares numbers as numbers', { count: [{ numeric: ['>=', 5] }] }, true],
    ['does not take a number for a text', { count: ['5'] }, false],
    ['looks into lists', { tags: ['b'] }, true],
    ['wants all its keys', { level: ['critical'], count: [4] }, false],
    ['takes operators', { level: [{ 'anything-but': ['info'] }] }, true],
    ['asks for what is not there', { service: [{ exists: false }] }, true],
  ];
  it.each(cases)('%s', (_, policy, wanted) =>
    expect(compileTopicFilter(policy as Record<string, unknown>, 'MessageAttributes')(attributes, '')).toBe(wanted),
  );

  it.each<[sentence: string, body: string, wanted: boolean]>([
    ['wants a body by what stands in it', '{"detail":{"state":"failed"}}', true],
    ['does not want another body', '{"detail":{"state":"live"}}', false],
    ['does not want a body that is no JSON', 'failed', false],
    ['does not want a body that is no object', '"failed"', false],
  ])('%s', (_, body, wanted) => expect(compileTopicFilter({ detail: { state: ['failed'] } }, 'MessageBody')({}, body)).toBe(wanted));

  it('has at most five keys', () => {
    expect(compileTopicFilter(keys(5), 'MessageAttributes')({}, '')).toBe(false);
    expect(() => compileTopicFilter(keys(6), 'MessageAttributes')).toThrow('at most 5 keys');
  });

  it('has at most 150 combinations of values', () => {
    expect(compileTopicFilter({ level: values(15), service: values(10) }, 'MessageAttributes')({}, '')).toBe(false);
    expect(() => compileTopicFilter({ level: values(151) }, 'MessageAttributes')).toThrow('at most 150 combinations');
  });
});
