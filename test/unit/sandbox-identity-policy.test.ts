import { describe, expect, it } from '@jest/globals';
import { type IdentityStatement, judge, type Wish } from '../../sandbox/model/identity-policy.ts';

const service = 'arn:aws:ecs:eu-west-1:123456789012:service/production/web';
const wish: Wish = {
  action: 'ecs:UpdateService',
  resource: service,
  context: { 'ecs:cluster': 'arn:aws:ecs:eu-west-1:123456789012:cluster/production' },
};
const allow: IdentityStatement = {
  Sid: 'Services',
  Effect: 'Allow',
  Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
  Resource: service,
};
const when = (Condition: Record<string, Record<string, string | string[]>>): IdentityStatement => ({ ...allow, Condition });
const actions = (Action: string | string[]): IdentityStatement => ({ ...allow, Action });
const resources = (Resource: string | string[]): IdentityStatement => ({ ...allow, Resource });
const { Action: _, ...withoutAction } = allow;
const { Resource: __, ...withoutResource } = allow;
const cluster = 'arn:aws:ecs:eu-west-1:123456789012:cluster/production';

describe("A role's policies", () => {
  it.each<[sentence: string, statements: IdentityStatement[], allowed: boolean]>([
    ['allow what a statement names', [allow], true],
    ['allow nothing by themselves', [], false],
    ['do not allow another action', [actions('ecs:DescribeServices')], false],
    ['do not allow an action of which theirs is the beginning', [actions('ecs:Update')], false],
    ['allow by a star, in any case', [actions('ECS:update*')], true],
    ['allow by a question mark for one character', [actions('ecs:UpdateServic?')], true],
    ['do not take a question mark for two characters', [actions('ecs:UpdateServi?')], false],
    ['do not take a dot for any character', [resources(service.replace('web', 'w?b').replace('production', 'p.oduction'))], false],
    ['do not allow another resource', [resources(`${service}-2`)], false],
    ['allow each resource of a list', [resources(['arn:aws:ecs:eu-west-1:123456789012:service/staging/web', service])], true],
    ['allow all but what NotAction names', [{ ...withoutAction, NotAction: 'ecs:DeleteService' }], true],
    ['do not allow what NotAction names', [{ ...withoutAction, NotAction: ['ecs:Update*'] }], false],
    ['allow all but what NotResource names', [{ ...withoutResource, NotResource: `${service}-2` }], true],
    ['do not allow what NotResource names', [{ ...withoutResource, NotResource: service }], false],
    ['deny before they allow', [allow, { ...allow, Effect: 'Deny' }], false],
    ['do not deny another action', [allow, { ...actions('ecs:DeleteService'), Effect: 'Deny' }], true],
    ['allow where a condition holds', [when({ ArnEquals: { 'ecs:cluster': cluster } })], true],
    ['do not allow where it does not', [when({ ArnEquals: { 'ecs:cluster': `${cluster}-2` } })], false],
    ['read a star in ArnLike', [when({ ArnLike: { 'ecs:Cluster': '*/production' } })], true],
    ['do not read a star in StringEquals', [when({ StringEquals: { 'ecs:cluster': '*/production' } })], false],
    ['want every condition', [when({ ArnLike: { 'ecs:cluster': '*' }, StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } })], false],
    ['do not allow by a key that the request lacks', [when({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } })], false],
    ['allow with IfExists where the request lacks the key', [when({ StringEqualsIfExists: { 'ecs:task-cpu': '256' } })], true],
    ['do not allow with IfExists where the key has another value', [when({ StringEqualsIfExists: { 'ecs:cluster': 'x' } })], false],
    ['allow by a negation where the request lacks the key', [when({ StringNotEquals: { 'ecs:task-cpu': '256' } })], true],
    ['do not allow by a negation what it names', [when({ ArnNotLike: { 'ecs:cluster': [cluster, 'x'] } })], false],
    ['ask whether a key is there', [when({ Null: { 'ecs:cluster': 'false' } })], true],
    ['do not allow by an operator that is not known here', [when({ DateLessThan: { 'ecs:cluster': cluster } })], false],
    ['deny by an operator that is not known here', [allow, { ...when({ DateLessThan: { 'ecs:cluster': 'x' } }), Effect: 'Deny' }], false],
  ])('%s', (___, statements, allowed) => expect(judge(statements, wish).allowed).toBe(allowed));

  const tags = ['autopilot:deployment', 'owner'];
  it.each<[sentence: string, operator: string, wanted: string[], allowed: boolean]>([
    ['one value of several will do', 'ForAnyValue:StringEquals', ['owner'], true],
    ['no value of several will not', 'ForAnyValue:StringEquals', ['team'], false],
    ['all values will do', 'ForAllValues:StringLike', ['owner', 'autopilot:*'], true],
    ['all values but one will not', 'ForAllValues:StringLike', ['autopilot:*'], false],
  ])('%s', (___, operator, wanted, allowed) => {
    const statement = when({ [operator]: { 'aws:TagKeys': wanted } });
    expect(judge([statement], { ...wish, context: { 'aws:TagKeys': tags } }).allowed).toBe(allowed);
  });

  it.each<[sentence: string, statements: IdentityStatement[], nearest: object | undefined]>([
    [
      'a condition that fails before a resource that is missing',
      [resources('x'), when({ StringEquals: { 'ecs:cluster': 'x' } })],
      { lacks: 'condition' },
    ],
    ['a resource that is missing before an action that is', [actions('ecs:DescribeServices'), resources('x')], { lacks: 'resource' }],
    ['an action that is missing on the same resource', [actions('ecs:DescribeServices')], { lacks: 'action' }],
    ['nothing that is of another service', [actions('ecr:*')], undefined],
    ['nothing that denies', [{ ...actions('ecs:DescribeServices'), Effect: 'Deny' }], undefined],
  ])('name as nearest %s', (___, statements, nearest) => {
    expect(judge(statements, wish)).toMatchObject({ allowed: false, by: undefined, nearest });
  });
});
