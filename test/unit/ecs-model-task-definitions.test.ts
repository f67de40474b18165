import { describe, expect, it } from '@jest/globals';
import { awsWorld, refusalOf } from '../fixtures/aws-calls.ts';

const base = { family: 'my-web-app', containerDefinitions: [{ name: 'app', image: 'nginx:1' }] };
const fargate = { ...base, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' };
const tags = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: '' }));

describe('operations on task definitions', () => {
  it('keeps members that the SDK does not know, at every depth, where they are declared', () => {
    const { ecs } = awsWorld(
      ['ecs.RegisterTaskDefinitionRequest', 'ecs.TaskDefinition', 'ecs.ContainerDefinition', 'ecs.LogConfiguration'].map(
        (shape) => `${shape}.future`,
      ),
    );
    const future = { nested: [{ value: '' }] };
    const container = {
      name: 'app',
      image: 'nginx:1',
      future,
      logConfiguration: { logDriver: 'awslogs', future },
      environment: [{ name: 'EMPTY', value: '' }],
    };
    ecs('RegisterTaskDefinition', { ...base, future, containerDefinitions: [container] });
    const { taskDefinition } = ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app' });
    expect(taskDefinition).toMatchObject({ future, containerDefinitions: [container] });
  });

  it('adds what only a description has', () => {
    const { ecs } = awsWorld();
    ecs('RegisterTaskDefinition', fargate);
    expect(ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app:1' })['taskDefinition']).toMatchObject({
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/my-web-app:1',
      revision: 1,
      status: 'ACTIVE',
      compatibilities: ['EC2', 'FARGATE'],
      requiresAttributes: expect.arrayContaining([{ name: 'ecs.capability.task-eni' }]),
      registeredAt: 1_795_165_200,
      registeredBy: expect.stringContaining('arn:aws:iam::123456789012:'),
    });
  });

  it('registers a description as the same definition again', () => {
    const { ecs } = awsWorld();
    ecs('RegisterTaskDefinition', {
      ...fargate,
      containerDefinitions: [{ name: 'app', image: 'nginx:1', portMappings: [{ containerPort: 80 }] }],
    });
    const first = ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app:1' })['taskDefinition'] as Record<string, unknown>;
    const { taskDefinitionArn, revision, status, requiresAttributes, compatibilities, registeredAt, registeredBy, ...copy } = first;
    ecs('RegisterTaskDefinition', copy);
    const second = ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app:2' })['taskDefinition'];
    expect([taskDefinitionArn, revision]).toEqual([expect.stringMatching(/:1$/), 1]);
    expect(second).toMatchObject({ ...copy, status, requiresAttributes, compatibilities, registeredAt, registeredBy, revision: 2 });
  });

  it('tells tags beside the definition, and only where they are asked for', () => {
    const { ecs } = awsWorld();
    ecs('RegisterTaskDefinition', { ...base, tags: [{ key: 'team', value: 'web' }] });
    const plain = ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app' });
    const tagged = ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app', include: ['TAGS'] });
    expect(plain).not.toHaveProperty('tags');
    expect(tagged['tags']).toEqual([{ key: 'team', value: 'web' }]);
    expect(tagged['taskDefinition']).not.toHaveProperty('tags');
  });

  it('answers a family with its newest active revision', () => {
    const { ecs } = awsWorld();
    for (let i = 0; i < 3; i++) ecs('RegisterTaskDefinition', base);
    ecs('DeregisterTaskDefinition', { taskDefinition: 'my-web-app:3' });
    expect(ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app' })).toHaveProperty('taskDefinition.revision', 2);
    expect(ecs('DescribeTaskDefinition', { taskDefinition: 'my-web-app:3' })).toHaveProperty('taskDefinition.status', 'INACTIVE');
    expect(ecs('RegisterTaskDefinition', base)).toHaveProperty('taskDefinition.revision', 4);
  });

  it('lists revisions and families by status, newest first where it is asked for', () => {
    const { ecs } = awsWorld();
    for (const family of ['b', 'a', 'a']) ecs('RegisterTaskDefinition', { ...base, family });
    ecs('DeregisterTaskDefinition', { taskDefinition: 'b:1' });
    const listed = (input: object) =>
      (ecs('ListTaskDefinitions', input)['taskDefinitionArns'] as string[]).map((arn) => arn.replace(/.*\//, ''));
    expect(listed({})).toEqual(['a:1', 'a:2']);
    expect(listed({ sort: 'DESC', maxResults: 1 })).toEqual(['a:2']);
    expect(listed({ status: 'INACTIVE' })).toEqual(['b:1']);
    expect(ecs('ListTaskDefinitionFamilies', { status: 'ACTIVE' })).toEqual({ families: ['a'] });
    expect(ecs('ListTaskDefinitionFamilies', {})).toEqual({ families: ['a', 'b'] });
  });

  it.each<[name: string, input: object, refusal: RegExp]>([
    ['50 tags', { ...base, tags: tags(50) }, /^none$/],
    ['51 tags', { ...base, tags: tags(51) }, /^InvalidParameterException: .*50/],
    ["a tag of AWS's own", { ...base, tags: [{ key: 'aws:x', value: '' }] }, /^InvalidParameterException: aws: prefixed/],
    ['ten containers', { ...base, containerDefinitions: Array.from({ length: 10 }, (_, i) => ({ name: `c${i}`, image: 'a' })) }, /^none$/],
    [
      'eleven containers',
      { ...base, containerDefinitions: Array.from({ length: 11 }, (_, i) => ({ name: `c${i}`, image: 'a' })) },
      /^ClientException: .*10/,
    ],
    ['no container', { ...base, containerDefinitions: [] }, /^ClientException: Container list cannot be empty/],
    [
      'no essential container',
      { ...base, containerDefinitions: [{ name: 'a', image: 'a', essential: false }] },
      /^ClientException: .*essential/,
    ],
    ['a family with a slash', { ...base, family: 'a/b' }, /^ClientException: Family contains invalid characters/],
    ['Fargate without memory', { ...fargate, memory: undefined }, /^ClientException: Fargate requires that 'memory'/],
    ['Fargate on a bridge', { ...fargate, networkMode: 'bridge' }, /^ClientException: Fargate only supports network mode/],
    [
      'a definition of 64 KB',
      { ...base, containerDefinitions: [{ name: 'app', image: 'nginx:1', command: ['x'.repeat(65_440)] }] },
      /^none$/,
    ],
    [
      'a definition above 64 KB',
      { ...base, containerDefinitions: [{ name: 'app', image: 'nginx:1', command: ['x'.repeat(65_441)] }] },
      /^ClientException: Actual length: '65537'/,
    ],
  ])('judges %s', (_, input, refusal) => {
    const { ecs } = awsWorld();
    expect(refusalOf(() => ecs('RegisterTaskDefinition', input))).toMatch(refusal);
  });

  it('does not know a definition that was never registered', () => {
    const { ecs } = awsWorld();
    expect(refusalOf(() => ecs('DescribeTaskDefinition', { taskDefinition: 'none' }))).toBe(
      'ClientException: Unable to describe task definition.',
    );
  });
});
