import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { aFunction, writePackage } from '../fixtures/sandbox-package.ts';

const start = new Date('2026-01-05T10:00:00.000Z');
const abroad = '210987654321.dkr.ecr.us-east-1.amazonaws.com/shop/abroad';
const services = {
  'production/web': {
    cluster: 'production',
    name: 'web',
    images: [{ repository: 'shop/web', containers: ['app', 'sidecar'], tags: { kind: 'tag', tag: 'stable' } }],
  },
  'production/jobs': { cluster: 'production', name: 'jobs', images: [{ repository: 'jobs', tags: { kind: 'glob', glob: 'main-*' } }] },
  'staging/web': { cluster: 'staging', name: 'web', images: [{ repository: 'shop/web', tags: { kind: 'tag', tag: 'next' } }] },
  'staging/abroad': {
    cluster: 'staging',
    name: 'abroad',
    images: [{ repository: abroad, tags: { kind: 'tag', tag: 'latest' } }],
  },
};
const failing = `exports.handler = async () => { throw new Error('as always'); };`;

let sandbox: Sandbox;
let remove: () => void;
let settings: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };

beforeAll(async () => {
  const packaged = writePackage({ services, functions: { failing }, resources: { Failing: aFunction('failing') } });
  ({ remove } = packaged);
  sandbox = await startSandbox({ start, package: packaged.folder });
  settings = { endpoint: sandbox.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
});
afterAll(async () => {
  await sandbox.close();
  remove();
});

const order = async (body: object): Promise<unknown> =>
  (await fetch(`${sandbox.endpoint}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })).json();

describe('The fleet of the packaged configuration', () => {
  it('runs, and has done so for a while, when the service is installed', async () => {
    expect(sandbox.clock.now()).toEqual(start);
    const { services: told = [] } = await new ECSClient(settings).send(
      new DescribeServicesCommand({ cluster: 'production', services: ['web', 'jobs'] }),
    );
    expect(told).toMatchObject([
      { serviceName: 'web', status: 'ACTIVE', runningCount: 2, deployments: [{ rolloutState: 'COMPLETED', runningCount: 2 }] },
      { serviceName: 'jobs', status: 'ACTIVE', runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] },
    ]);
  });

  it('has each cluster, each repository once, and a tag that each policy accepts', async () => {
    const { clusterArns } = await new ECSClient(settings).send(new ListClustersCommand({}));
    expect(clusterArns).toHaveLength(2);
    const ecr = new ECRClient(settings);
    const tags = async (repositoryName: string): Promise<unknown> =>
      (await ecr.send(new DescribeImagesCommand({ repositoryName }))).imageDetails?.flatMap(({ imageTags }) => imageTags).toSorted();
    expect([await tags('shop/web'), await tags('jobs')]).toEqual([['next', 'stable'], ['main-0']]);
  });

  it('has what is configured in another account there, pulls it from there, and may read it', async () => {
    const { taskDefinition } = (await sandbox.call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'abroad' })) as {
      taskDefinition: { containerDefinitions: { image: string }[] };
    };
    expect(taskDefinition.containerDefinitions).toMatchObject([{ image: `${abroad}:latest` }]);
    const told = await sandbox.call('ecs', 'DescribeServices', { cluster: 'staging', services: ['abroad'] });
    expect(told).toMatchObject({ services: [{ runningCount: 2 }] });
    const asked = { registryId: '210987654321', repositoryName: 'shop/abroad' };
    const { imageDetails } = await new ECRClient({ ...settings, region: 'us-east-1' }).send(new DescribeImagesCommand(asked));
    expect(imageDetails).toMatchObject([{ imageTags: ['latest'] }]);
  });

  it('meets what is nobody’s fault, on demand', async () => {
    const stops: unknown[] = [];
    const leave = sandbox.onEvent(({ detail }) => stops.push(detail['stopCode']));
    expect(await order({ fault: 'spot-interruption', cluster: 'production', service: 'web' })).toEqual({
      done: 'spot-interruption on production/web',
    });
    await sandbox.clock.advance(300_000);
    leave();
    expect(stops).toContain('SpotInterruption');
    expect(await order({ fault: 'spot-interruption', cluster: 'production', service: 'none' })).toEqual({ error: expect.any(String) });
  });

  it('is the same again after a reset, and the functions of before run no more', async () => {
    const before = sandbox.world.functions;
    await sandbox.call('ecs', 'UpdateService', { cluster: 'staging', service: 'web', desiredCount: 5 });
    await sandbox.call('lambda', 'Invoke', { FunctionName: 'failing', InvocationType: 'Event' });
    await sandbox.reset();
    expect(sandbox.clock.now()).toEqual(start);
    expect(await sandbox.call('ecs', 'DescribeServices', { cluster: 'staging', services: ['web'] })).toMatchObject({
      services: [{ runningCount: 2 }],
    });
    await expect(before.invoke('failing', 'an id', {})).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
