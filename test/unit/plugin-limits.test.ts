import { describe, expect, it } from '@jest/globals';
import { generate } from '../../plugin/generate.ts';
import type { Generated } from '../../plugin/generate.ts';
import { fleet, valid } from '../fixtures/fleets.ts';
import { breaches } from '../fixtures/template-limits.ts';

const names = { prefix: 'ecs-autopilot-production' };
/** Resources of the template beside what depends on the configuration: 21 today, more as functions are added. */
const others = 60;

function rulesOf({ resources }: Generated): string[] {
  return Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::Events::Rule');
}

describe.each<[services: number, clusters: number]>([
  [1, 1],
  [3, 3],
  [100, 1],
  [100, 12],
  [100, 100],
  [240, 4],
  [1_000, 1],
  [1_000, 30],
  [1_000, 1_000],
])('%i services on %i clusters', (services, clusters) => {
  const generated = generate(valid(fleet(services, clusters)), names);

  it('stay within every limit', () => {
    expect(breaches(generated.resources)).toEqual([]);
    expect(Object.keys(generated.resources).length + others).toBeLessThanOrEqual(500);
  });

  it('fit into a template of 1 MB, the metadata included', () => {
    expect(JSON.stringify(generated).length).toBeLessThanOrEqual(900_000);
  });

  it('need at most ten rules a function', () => {
    const perFunction = Map.groupBy(rulesOf(generated), (id) => id.replace(/\d+$/, ''));
    expect([...perFunction.keys()].toSorted()).toEqual(['DeployImageRule', 'FollowRolloutRule', 'JudgeStoppedTaskRule']);
    for (const rules of perFunction.values()) expect(rules.length).toBeLessThanOrEqual(10);
  });
});

describe('what is narrowed', () => {
  it('is everything for a hundred services, without a word', () => {
    const { resources, notices } = generate(valid(fleet(100)), names);
    const text = JSON.stringify(resources);
    expect(notices).toEqual([]);
    expect(text).not.toContain('service/production-0/*');
    expect(text).not.toContain('repository/*');
    for (let index = 0; index < 100; index++) expect(text).toContain(`service:team-${index % 7}-service-${index}"`);
  });

  it('is widened for a thousand, and each time packaging says so', () => {
    const { resources, notices, metadata } = generate(valid(fleet(1_000)), names);
    expect(JSON.stringify(resources)).toContain('service/production-0/*');
    expect(metadata).toBeUndefined();
    expect(notices).toEqual([
      expect.stringContaining('The events of deploy-image'),
      expect.stringContaining('The events of follow-rollout'),
      expect.stringContaining('The events of judge-stopped-task'),
      expect.stringContaining('The role of deploy-image'),
      expect.stringContaining('The role of apply-scan'),
      expect.stringContaining('The role of follow-rollout'),
      expect.stringContaining('The role of judge-stopped-task'),
      expect.stringContaining('The role of tick'),
      expect.stringContaining('The role of obey-command'),
      expect.stringContaining('metadata'),
    ]);
  });
});

describe('the check of limits', () => {
  const rule = { Type: 'AWS::Events::Rule', Properties: { Name: 'a', Targets: [], EventPattern: { source: ['x'.repeat(2_033)] } } };

  it('counts the resolved pattern to the character', () => {
    expect(breaches({ rule })).toEqual([]);
    const longer = { ...rule, Properties: { ...rule.Properties, EventPattern: { source: ['x'.repeat(2_034)] } } };
    expect(breaches({ longer })).toEqual(['2049 characters of the pattern of longer, 2048 at most']);
  });

  it('sees a role, a policy and a stack that are too large', () => {
    const document = { Statement: ['x'.repeat(10_240)] };
    const role = { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: document }] } };
    const managed = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } };
    expect(breaches({ role, managed })).toEqual([
      expect.stringContaining('inline policies of role'),
      expect.stringContaining('policy managed'),
    ]);
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`r${index}`, { Type: 'T', Properties: {} }]));
    expect(breaches(many)).toEqual(['501 resources of a stack, 500 at most']);
  });
});
