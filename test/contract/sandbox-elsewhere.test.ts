import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryPolicyCommand,
  DescribeImagesCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
  GetRepositoryPolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contentsOf, push } from '../../demo/images.ts';
import type { Envelope } from '../../sandbox/events/bus.ts';
import { digestOf } from '../../sandbox/model/ecr/manifest.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

const [own, other, region, repositoryName] = ['123456789012', '210987654321', 'us-east-1', 'team/web'];
const registryId = other;
let sandbox: Sandbox;
let theirs: ECRClient;
let ours: ECRClient;
let digest: string;
let events: Envelope[];

beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z') });
  theirs = clientOf(other);
  ours = clientOf('any');
  events = [];
  sandbox.onEvent((event) => events.push(event));
  await theirs.send(new CreateRepositoryCommand({ repositoryName }));
  digest = await push(theirs, repositoryName, 'latest', '1', 'healthy');
});
afterEach(() => sandbox.close());

function clientOf(accessKeyId: string, where = region): ECRClient {
  return new ECRClient({ endpoint: sandbox.endpoint, region: where, credentials: { accessKeyId, secretAccessKey: 'x' } });
}

async function share(principal: string, actions: string[], condition?: object): Promise<void> {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, ...(condition && { Condition: condition }) };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await theirs.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
}

const pushes = (): Envelope[] => events.filter(({ source }) => source === 'aws.ecr');
const root = (account: string): string => `arn:aws:iam::${account}:root`;
const describeImages = (client = ours) => client.send(new DescribeImagesCommand({ registryId, repositoryName }));
const denied = {
  name: 'AccessDeniedException',
  message: expect.stringContaining('no resource-based policy allows the ecr:DescribeImages'),
};

describe('A repository of another account', () => {
  it('is of that account alone: it is in no other registry, and in no other region', async () => {
    const asked = { repositoryName };
    expect((await theirs.send(new DescribeImagesCommand(asked))).imageDetails).toMatchObject([{ registryId: other, imageDigest: digest }]);
    const missing = { name: 'RepositoryNotFoundException' };
    await expect(ours.send(new DescribeImagesCommand(asked))).rejects.toMatchObject(missing);
    await expect(clientOf(other, 'eu-west-1').send(new DescribeImagesCommand(asked))).rejects.toMatchObject(missing);
  });

  it('is read by its registry where its policy lets the calling account do so, and only what it names', async () => {
    await expect(describeImages()).rejects.toMatchObject(denied);
    await share(root(own), ['ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer']);
    expect((await describeImages()).imageDetails).toMatchObject([{ registryId: other, imageTags: ['latest'] }]);
    const image = ours.send(new BatchGetImageCommand({ registryId, repositoryName, imageIds: [{ imageDigest: digest }] }));
    await expect(image).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const [configuration] = contentsOf('1');
    const layer = { registryId, repositoryName, layerDigest: digestOf(configuration) };
    const { downloadUrl = '' } = await ours.send(new GetDownloadUrlForLayerCommand(layer));
    expect(await (await fetch(downloadUrl)).text()).toBe(configuration);
  });

  it.each<[name: string, principal: string, condition: object | undefined]>([
    ['a policy for somebody else', root('333333333333'), undefined],
    ['a condition on roles, for whoever has none', root(own), { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${own}:role/*` } }],
  ])('stays shut by %s', async (_, principal, condition) => {
    await share(principal, ['ecr:*'], condition);
    await expect(describeImages()).rejects.toMatchObject(denied);
  });

  it('tells that it has no policy, and forgets the one it had', async () => {
    const read = () => theirs.send(new GetRepositoryPolicyCommand({ repositoryName }));
    await expect(read()).rejects.toMatchObject({ name: 'RepositoryPolicyNotFoundException' });
    await share('*', ['ecr:DescribeImages']);
    expect(JSON.parse((await read()).policyText ?? '')).toMatchObject({ Statement: [{ Principal: { AWS: '*' } }] });
    await theirs.send(new DeleteRepositoryPolicyCommand({ repositoryName }));
    await expect(describeImages()).rejects.toMatchObject(denied);
    const policyText = 'everybody';
    const torn = theirs.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
    await expect(torn).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('The events of another account', () => {
  it('arrive once the bus lets that account in, with that account and region in the envelope', async () => {
    expect(pushes()).toEqual([]);
    const permission = { StatementId: 'images', Principal: other, Action: 'events:PutEvents' };
    await sandbox.call('events', 'PutPermission', permission);
    const second = await push(theirs, repositoryName, 'latest', '2', 'healthy');
    const detail = { 'action-type': 'PUSH', 'repository-name': repositoryName, 'image-tag': 'latest', 'image-digest': second };
    expect(pushes()).toMatchObject([{ account: other, region, detail }]);
    expect(JSON.parse(String((await sandbox.call('events', 'DescribeEventBus', {}))['Policy']))).toMatchObject({
      Statement: [{ Sid: 'images', Principal: { AWS: root(other) }, Action: 'events:PutEvents' }],
    });
    await sandbox.call('events', 'RemovePermission', { StatementId: 'images' });
    await push(theirs, repositoryName, 'latest', '3', 'healthy');
    expect(pushes()).toHaveLength(1);
  });

  it('of a third one do not', async () => {
    await sandbox.call('events', 'PutPermission', { StatementId: 'images', Principal: '333333333333', Action: 'events:PutEvents' });
    await push(theirs, repositoryName, 'latest', '2', 'healthy');
    expect(pushes()).toEqual([]);
  });
});
