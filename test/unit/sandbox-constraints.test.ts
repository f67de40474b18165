import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Constraint, constraintFaults, constraints, patternOf } from '../../sandbox/protocol/constraints.ts';
import { models } from '../../sandbox/protocol/models.ts';
import type { Shape } from '../../sandbox/protocol/schema.ts';

/** What is told of an input, each as AWS would say it. */
function told(service: string, operation: string, input: object): string[] {
  const shape = models.get(service)?.operations.get(operation)?.input;
  if (!shape) throw new Error(`${service} has no ${operation}`);
  return constraintFaults(service, shape, input).map(({ path, found, expected }) => `${found} at ${path}: ${expected}`);
}

describe('What the model demands of values beside their types', () => {
  const image = { repositoryName: 'web', imageManifest: '{}' };
  it.each<[sentence: string, service: string, operation: string, input: object, faults: string[]]>([
    ['a page as large as allowed', 'ecr', 'DescribeImages', { repositoryName: 'web', maxResults: 1000 }, []],
    [
      'a page one larger',
      'ecr',
      'DescribeImages',
      { repositoryName: 'web', maxResults: 1001 },
      ["'1001' at maxResults: Member must have value less than or equal to 1000"],
    ],
    [
      'a page of none',
      'ecr',
      'DescribeImages',
      { repositoryName: 'web', maxResults: 0 },
      ["'0' at maxResults: Member must have value greater than or equal to 1"],
    ],
    [
      'a list one too long',
      'ecr',
      'BatchGetRepositoryScanningConfiguration',
      { repositoryNames: Array.from({ length: 26 }, () => 'web') },
      [expect.stringMatching(/^'\["web",.*at repositoryNames: Member must have length less than or equal to 25$/) as unknown as string],
    ],
    [
      'a name that the pattern does not know',
      'ecr',
      'PutImage',
      { ...image, repositoryName: 'Web' },
      [expect.stringMatching(/^'Web' at repositoryName: Member must satisfy regular expression pattern: /) as unknown as string],
    ],
    [
      'a pattern that holds for a part of it alone',
      'lambda',
      'GetFunction',
      { FunctionName: 'a b' },
      [expect.stringContaining('functionName') as unknown as string],
    ],
    [
      'a value that the enumeration lacks',
      'ecs',
      'CreateService',
      { serviceName: 'a', launchType: 'BARGE' },
      [expect.stringMatching(/^'BARGE' at launchType: Member must satisfy enum value set: \[EC2, FARGATE, /) as unknown as string],
    ],
    [
      'an item of a list, deep down',
      'ecs',
      'RegisterTaskDefinition',
      {
        family: 'a',
        containerDefinitions: [
          { name: 'a', image: 'b' },
          { name: 'c', dependsOn: [{ containerName: 'a', condition: 'LATER' }] },
        ],
      },
      [expect.stringMatching(/^'LATER' at containerDefinitions\.2\.member\.dependsOn\.1\.member\.condition: /) as unknown as string],
    ],
    [
      'a range over all of Unicode',
      'application-autoscaling',
      'PutScalingPolicy',
      { PolicyName: 'Füße 🚢'.slice(0, 1), ServiceNamespace: 'ecs' },
      [],
    ],
    [
      'an item of a list of texts',
      'secretsmanager',
      'PutSecretValue',
      { SecretId: 'a', SecretString: 'b', VersionStages: ['ok', ''] },
      ["'' at versionStages.2.member: Member must have length greater than or equal to 1"],
    ],
    [
      'several at once',
      'scheduler',
      'CreateSchedule',
      { Name: 'a b', State: 'ON' },
      [expect.stringContaining('at name:') as unknown as string, expect.stringContaining('at state:') as unknown as string],
    ],
  ])('%s', (_, service, operation, input, faults) => {
    expect(told(service, operation, input)).toEqual(faults);
  });

  it('are of members that the SDK knows by the same name', () => {
    const unknown = Object.entries(constraints).flatMap(([service, structures]) => {
      const known = membersOf(service);
      const named = Object.entries(structures).flatMap(([name, members]) => Object.keys(members).map((member) => `${name}.${member}`));
      return named.filter((name) => !known.has(name)).map((name) => `${service} ${name}`);
    });
    expect(unknown).toEqual([]);
  });

  it('were read for each operation that the guide lists', () => {
    const unread = documentedOperations().filter(([service, operation]) => {
      const input = models.get(service)?.operations.get(operation)?.input;
      return input === undefined || constraints[service]?.[input.name] === undefined;
    });
    expect(unread.map(([service, operation]) => `${service} ${operation}: run python3 scripts/read-constraints.py`)).toEqual([]);
  });

  it('have patterns that can be read', () => {
    const all = Object.values(constraints).flatMap((structures) => Object.values(structures).flatMap((members) => Object.values(members)));
    expect(() => all.flatMap(patternsOf).map(patternOf)).not.toThrow();
  });
});

/** What the sandbox's guide lists, which is what the sandbox offers (test/contract/sandbox-docs.test.ts). SQS and DynamoDB refuse by tables of their own. */
function documentedOperations(): [service: string, operation: string][] {
  const rows = [...readFileSync('docs/sandbox.md', 'utf8').matchAll(/^\| `([a-z-]+)` +\| ([A-Z]\w+(?:, \w+)*) +\|$/gm)];
  return rows
    .filter(([, service]) => service !== 'sqs' && service !== 'dynamodb')
    .flatMap(([, service = '', names = '']) => names.split(', ').map((name): [string, string] => [service, name]));
}

function patternsOf({ pattern, member, key, value }: Constraint): string[] {
  const inner = [member, key, value].flatMap((one) => (one ? patternsOf(one) : []));
  return pattern === undefined ? inner : [pattern, ...inner];
}

/** Every member of every structure that an input of a service is made of, as `Structure.member`. */
function membersOf(service: string): Set<string> {
  const found = new Set<string>();
  const walk = (shape: Shape): void => {
    if (shape.kind === 'list' || shape.kind === 'map') return walk(shape.value());
    for (const [name, member] of shape.members) {
      if (found.has(`${shape.name}.${name}`)) continue;
      found.add(`${shape.name}.${name}`);
      walk(member());
    }
    return undefined;
  };
  for (const { input } of models.get(service)?.operations.values() ?? []) walk(input);
  return found;
}
