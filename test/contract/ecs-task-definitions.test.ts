import { afterEach, describe, expect, it } from '@jest/globals';
import { ecsClient } from '../../lib/adapters/ecs-client.ts';
import { ecsTaskDefinitions } from '../../lib/adapters/ecs-task-definitions.ts';
import type { TaskDefinition } from '../../lib/domain/task-definition.ts';
import type { TaskDefinitions } from '../../lib/ports/task-definitions.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer, type LocalEndpoint } from './local-endpoint.ts';

const arn = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7';
const pinned = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app@sha256:${'b'.repeat(64)}`;

// As AWS might send it one day: members that this SDK does not know at every depth, nulls, empty strings, numbers that JavaScript would round.
const members = `
  "family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "taskRoleArn": null,
  "futureField": {"depth": 1, "list": [{"a": ""}, 9007199254740993, 1.50, true, null]},
  "volumes": [{"name": "data", "futureVolume": {"size": 12345678901234567890}}],
  "runtimePlatform": {"cpuArchitecture": "ARM64", "futurePlatform": "riscv"},
  "proxyConfiguration": {"type": "APPMESH", "containerName": "envoy", "properties": [{"name": "IgnoredUID", "value": ""}]}`;
const container = (image: string) => `
  {"name": "web", "image": "${image}", "essential": true, "cpu": 0, "environment": [{"name": "EMPTY", "value": ""}, {"name": "A", "value": "1", "futurePair": 1}],
   "portMappings": [{"containerPort": 80, "futurePort": {"quic": true}}], "logConfiguration": {"logDriver": "awslogs", "options": {"mode": "non-blocking", "any": ""}},
   "futureContainer": ["x"]}`;
const sidecar = `{"name": "envoy", "image": "envoy:1", "essential": false}`;
const describeOnly = `
  "taskDefinitionArn": "${arn}", "revision": 7, "status": "ACTIVE", "requiresAttributes": [{"name": "x"}], "compatibilities": ["EC2"], "registeredAt": 1.7E9,
  "registeredBy": "arn:aws:iam::123456789012:user/anna", "deregisteredAt": 1.8E9, "deleteRequestedAt": 1.9E9`;
const ownTags = '{"key": "team", "value": "shop"}, {"key": "empty", "value": ""}';
const described = `{"taskDefinition": {${describeOnly}, ${members}, "containerDefinitions": [${container('my-web-app:latest')}, ${sidecar}]},
  "tags": [${ownTags}, {"key": "aws:cloudformation:stack-name", "value": "shop"}], "futureTop": 1}`;
const plain = `{"taskDefinition": {${describeOnly}, "family": "web", "taskRoleArn": null, "containerDefinitions": [${sidecar}]}}`;
const registered = `{"taskDefinition": {"taskDefinitionArn": "${arn.replace(':7', ':8')}", "family": "web", "revision": 8, "status": "ACTIVE", "containerDefinitions": []}}`;
const lostMembers = [
  'futureField',
  'volumes[0].futureVolume',
  'runtimePlatform.futurePlatform',
  'containerDefinitions[0].environment[1].futurePair',
  'containerDefinitions[0].portMappings[0].futurePort',
  'containerDefinitions[0].futureContainer',
];

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

/** ECS that describes the definition above and answers registrations as told; what it was sent stands in `bodies`. */
async function open(
  definition: string | JsonAnswer = described,
  registrations: JsonAnswer[] = [],
): Promise<{ port: TaskDefinitions; bodies: string[] }> {
  const bodies: string[] = [];
  aws = await startJsonEndpoint(({ operation, text }) => {
    if (operation === 'DescribeTaskDefinition') return typeof definition === 'string' ? { body: definition } : definition;
    bodies.push(text);
    return registrations.shift() ?? { body: registered };
  });
  return { port: ecsTaskDefinitions(ecsClient(localOptions(aws.endpoint, { maxAttempts: 1 }))), bodies };
}

async function source(port: TaskDefinitions): Promise<TaskDefinition> {
  return (await port.read(arn)) as TaskDefinition;
}

/** JSON without the spaces of this file. */
function compact(text: string): string {
  return text.replaceAll(/\n\s*|(?<=[:,{[\]}"\d]) (?=["{[\dtfn])/g, '');
}

describe('Task definitions of ECS', () => {
  it('are read with their tags, and with every member that AWS sent', async () => {
    const { port } = await open();
    const { document, ...read } = await source(port);
    expect(read).toEqual({
      arn,
      family: 'web',
      platform: { os: 'linux', architecture: 'arm64' },
      revision: 7,
      active: true,
      containers: [
        { name: 'web', image: 'my-web-app:latest', essential: true },
        { name: 'envoy', image: 'envoy:1', essential: false },
      ],
      tags: { team: 'shop', empty: '', 'aws:cloudformation:stack-name': 'shop' },
    });
    expect(document).toMatchObject({ futureTop: 1, taskDefinition: { futureField: { depth: 1 } } });
  });

  it('are none where ECS has no better word than ClientException', async () => {
    const { port } = await open(awsError('ClientException', 'Unable to describe task definition.'));
    expect(await port.read('web:99')).toBeUndefined();
  });

  it('throw what is not an absence', async () => {
    const { port } = await open(awsError('AccessDeniedException', 'not authorized'));
    await expect(port.read('web:99')).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringContaining('read task definition web:99'),
    });
  });

  it('are copied letter by letter, but for what only a description has, the images and the tags', async () => {
    const { port, bodies } = await open();
    const { taskDefinition, lost } = await port.registerCopy(await source(port), { web: pinned }, { 'autopilot:deployment': '01' });
    const tags = `[${ownTags}, {"key": "autopilot:deployment", "value": "01"}]`;
    expect(bodies).toEqual([compact(`{${members}, "containerDefinitions": [${container(pinned)}, ${sidecar}], "tags": ${tags}}`)]);
    expect(lost).toEqual([]);
    expect(taskDefinition.revision).toBe(8);
  });

  it('are copied with the tags of an earlier copy replaced', async () => {
    const { port, bodies } = await open(described.replace('"team"', '"autopilot:deployment"'));
    await port.registerCopy(await source(port), {}, { 'autopilot:deployment': '02' });
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ tags: [{ key: 'autopilot:deployment', value: '02' }, { key: 'empty' }] });
  });

  it.each([
    [48, 50, []],
    [49, 50, ['tag autopilot:image']],
    [50, 50, ['tag autopilot:deployment', 'tag autopilot:image']],
  ])('with %i tags of their own are copied with %i, and lose %j', async (own, count, expected) => {
    const tags = Array.from({ length: own }, (_, i) => ({ key: `tag-${i}`, value: '' }));
    const { port, bodies } = await open(described.replace(/"tags": \[.*\]/, `"tags": ${JSON.stringify(tags)}`));
    const { lost } = await port.registerCopy(await source(port), {}, { 'autopilot:deployment': '01', 'autopilot:image': 'x' });
    expect(lost).toEqual(expected);
    expect((JSON.parse(bodies[0] ?? '') as { tags: unknown[] }).tags).toHaveLength(count);
  });

  it('with 50 tags, one of an earlier copy, are copied with that one replaced', async () => {
    const tags = ['autopilot:deployment', ...Array.from({ length: 49 }, (_, i) => `tag-${i}`)].map((tag) => ({ key: tag, value: '01' }));
    const { port, bodies } = await open(described.replace(/"tags": \[.*\]/, `"tags": ${JSON.stringify(tags)}`));
    const { lost } = await port.registerCopy(await source(port), {}, { 'autopilot:deployment': '02' });
    expect(lost).toEqual([]);
    expect((JSON.parse(bodies[0] ?? '') as { tags: unknown[] }).tags[0]).toEqual({ key: 'autopilot:deployment', value: '02' });
  });

  it.each(['SerializationException', 'ClientException', 'InvalidParameterException'])(
    'refused as %s are copied once more without what the SDK does not know, and that is named',
    async (code) => {
      const { port, bodies } = await open(described, [awsError(code, 'Unknown parameter')]);
      const { lost } = await port.registerCopy(await source(port), { web: pinned }, { 'autopilot:deployment': '01' });
      expect(lost.toSorted()).toEqual(lostMembers.toSorted());
      expect(bodies).toHaveLength(2);
      expect(bodies[1]).not.toMatch(/future/);
      expect(JSON.parse(bodies[1] ?? '')).toMatchObject({
        containerDefinitions: [{ image: pinned, environment: [{ name: 'EMPTY', value: '' }, { name: 'A' }] }, { name: 'envoy' }],
        tags: [{ key: 'team' }, { key: 'empty', value: '' }, { key: 'autopilot:deployment' }],
      });
    },
  );

  it.each([
    ['for another cause', awsError('LimitExceededException', 'too many'), described],
    ['and hold nothing that the SDK does not know', awsError('ClientException', 'no'), plain],
  ])('refused %s are not sent again', async (_name, refusal, body) => {
    const { port, bodies } = await open(body, [refusal]);
    const read = await source(port);
    await expect(port.registerCopy(read, {}, {})).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringContaining(`register a copy of ${arn}`),
    });
    expect(bodies).toHaveLength(1);
  });

  it('are not copied for a container that they do not have', async () => {
    const { port, bodies } = await open();
    await expect(port.registerCopy(await source(port), { api: pinned }, {})).rejects.toThrow('it has no container api');
    expect(bodies).toEqual([]);
  });
});
