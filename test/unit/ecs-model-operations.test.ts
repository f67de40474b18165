import { describe, expect, it } from '@jest/globals';
import { refusalOf } from '../fixtures/aws-calls.ts';
import { uri } from '../fixtures/ecs-world.ts';
import { definition, named, serviceArn, settled, wish } from '../fixtures/settled-service.ts';

const arns = (value: unknown): string[] => value as string[];

describe('operations on services', () => {
  it('describes a service as it is, tags only where they are asked for, and a missing one as a failure', () => {
    const { ecs } = settled();
    const { services, failures } = ecs('DescribeServices', { cluster: 'production', services: ['my-web-app', 'nothing'] });
    expect(services).toEqual([expect.objectContaining({ serviceArn, runningCount: 1, desiredCount: 1, status: 'ACTIVE' })]);
    expect(services).toEqual([expect.not.objectContaining({ tags: expect.anything() })]);
    expect(failures).toEqual([{ arn: 'arn:aws:ecs:eu-west-1:123456789012:service/production/nothing', reason: 'MISSING' }]);
    const tagged = ecs('DescribeServices', { cluster: 'production', services: [serviceArn], include: ['TAGS'] });
    expect(tagged['services']).toEqual([expect.objectContaining({ tags: [{ key: 'team', value: 'web' }] })]);
  });

  it.each<[name: string, operation: string, input: object, refusal: RegExp]>([
    [
      'eleven services in one call',
      'DescribeServices',
      { cluster: 'production', services: Array.from({ length: 11 }, (_, i) => `s${i}`) },
      /^InvalidParameterException: /,
    ],
    ['an unknown cluster', 'DescribeServices', { cluster: 'nowhere', services: ['a'] }, /^ClusterNotFoundException: Cluster not found\.$/],
    [
      'an unknown service',
      'UpdateService',
      { cluster: 'production', service: 'nothing' },
      /^ServiceNotFoundException: Service not found\.$/,
    ],
    ['an unknown revision', 'UpdateService', { ...named, taskDefinition: 'my-web-app:9' }, /^ClientException: TaskDefinition not found\.$/],
    [
      'an inactive revision',
      'UpdateService',
      { ...named, taskDefinition: 'my-web-app:2' },
      /^ClientException: TaskDefinition is inactive$/,
    ],
    ['a second service of the name', 'CreateService', wish, /^InvalidParameterException: Creation of service was not idempotent\.$/],
    [
      'a service that is not scaled down',
      'DeleteService',
      named,
      /^InvalidParameterException: The service cannot be stopped while it is scaled above 0\.$/,
    ],
    [
      'a daemon with a desired count',
      'CreateService',
      { ...wish, serviceName: 'daemon', schedulingStrategy: 'DAEMON', launchType: 'EC2' },
      /^InvalidParameterException: The daemon scheduling strategy does not support a desired count/,
    ],
    [
      'a task that is not there',
      'StopTask',
      { cluster: 'production', task: '0'.repeat(32) },
      /^InvalidParameterException: The referenced task was not found\.$/,
    ],
    ['a page of more than 100', 'ListTasks', { cluster: 'production', maxResults: 101 }, /^InvalidParameterException: /],
    ['a page of no listing', 'ListServices', { cluster: 'production', nextToken: 'x' }, /^InvalidParameterException: /],
    [
      'tasks by starter and service',
      'ListTasks',
      { cluster: 'production', startedBy: 'a', serviceName: 'my-web-app' },
      /^InvalidParameterException: /,
    ],
    ['a deployment that has ended', 'StopServiceDeployment', { serviceDeploymentArn: 'ENDED' }, /^ConflictException: /],
  ])('refuses %s', (_, operation, input, refusal) => {
    const { ecs } = settled();
    ecs('RegisterTaskDefinition', definition());
    ecs('DeregisterTaskDefinition', { taskDefinition: 'my-web-app:2' });
    const [ended] = ecs('ListServiceDeployments', named)['serviceDeployments'] as { serviceDeploymentArn: string }[];
    const given = JSON.parse(JSON.stringify(input).replace('ENDED', ended?.serviceDeploymentArn ?? '')) as object;
    expect(refusalOf(() => ecs(operation, given))).toMatch(refusal);
  });

  it('takes ten services in one call', () => {
    const { ecs } = settled();
    const services = Array.from({ length: 10 }, (_, i) => `s${i}`);
    expect(ecs('DescribeServices', { cluster: 'production', services })['failures']).toHaveLength(10);
  });

  it('pages through services, ten at a time unless asked for more', () => {
    const { ecs } = settled();
    for (let i = 0; i < 24; i++) ecs('CreateService', { ...wish, serviceName: `s${i}`, desiredCount: 0 });
    const first = ecs('ListServices', { cluster: 'production' });
    const second = ecs('ListServices', { cluster: 'production', nextToken: first['nextToken'] });
    const third = ecs('ListServices', { cluster: 'production', nextToken: second['nextToken'] });
    expect([first, second, third].map(({ serviceArns }) => arns(serviceArns).length)).toEqual([10, 10, 5]);
    expect(third).not.toHaveProperty('nextToken');
    expect(new Set([first, second, third].flatMap(({ serviceArns }) => arns(serviceArns))).size).toBe(25);
  });

  it('refuses a new task definition where CodeDeploy deploys, and tells its task sets', () => {
    const { ecs, pass } = settled();
    ecs('CreateService', { ...wish, serviceName: 'blue', deploymentController: { type: 'CODE_DEPLOY' } });
    pass(120);
    const refused = refusalOf(() => ecs('UpdateService', { cluster: 'production', service: 'blue', taskDefinition: 'my-web-app:1' }));
    expect(refused).toBe(
      'InvalidParameterException: Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    );
    expect(ecs('UpdateService', { cluster: 'production', service: 'blue', desiredCount: 2 })).toHaveProperty('service.desiredCount', 2);
    const { services } = ecs('DescribeServices', { cluster: 'production', services: ['blue'] });
    expect(services).toEqual([
      expect.objectContaining({ deployments: [], taskSets: [expect.objectContaining({ status: 'PRIMARY', runningCount: 1 })] }),
    ]);
  });

  it('creates services of other controllers and strategies, and says that it does not deploy them', () => {
    const { ecs } = settled();
    const { taskDefinition: _none, ...external } = { ...wish, serviceName: 'outside', deploymentController: { type: 'EXTERNAL' } };
    expect(ecs('CreateService', external)).toHaveProperty('service.deploymentController.type', 'EXTERNAL');
    const green = { ...wish, serviceName: 'green', deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 } };
    expect(ecs('CreateService', green)).toHaveProperty('service.deploymentConfiguration.strategy', 'BLUE_GREEN');
    const refused = refusalOf(() => ecs('UpdateService', { cluster: 'production', service: 'green', forceNewDeployment: true }));
    expect(refused).toMatch(/^UnsupportedFeatureException: .*BLUE_GREEN/);
  });

  it('drains a deleted service, and still describes it as INACTIVE', () => {
    const { ecs, pass } = settled();
    expect(ecs('DeleteService', { ...named, force: true })).toHaveProperty('service.status', 'DRAINING');
    pass(120);
    expect(ecs('DescribeServices', { cluster: 'production', services: ['my-web-app'] })['services']).toEqual([
      expect.objectContaining({ status: 'INACTIVE' }),
    ]);
    expect(ecs('ListServices', { cluster: 'production' })).toEqual({ serviceArns: [] });
    expect(refusalOf(() => ecs('UpdateService', named))).toBe('ServiceNotActiveException: Service was not ACTIVE.');
  });

  it('tells what ran: service deployments, and revisions with the digests that were pinned', () => {
    const { ecs, ecrModel } = settled();
    const [deployment] = ecs('ListServiceDeployments', named)['serviceDeployments'] as Record<string, string>[];
    expect(deployment).toMatchObject({ status: 'SUCCESSFUL', serviceArn });
    const described = ecs('DescribeServiceDeployments', { serviceDeploymentArns: [deployment?.['serviceDeploymentArn']] });
    const [{ targetServiceRevision }] = described['serviceDeployments'] as [{ targetServiceRevision: { arn: string } }];
    const { serviceRevisions } = ecs('DescribeServiceRevisions', { serviceRevisionArns: [targetServiceRevision.arn] });
    const imageDigest = ecrModel.repository('my-web-app').tags.get('v1');
    expect(serviceRevisions).toEqual([
      expect.objectContaining({ containerImages: [{ containerName: 'app', image: `${uri}:v1`, imageDigest }] }),
    ]);
  });
});
