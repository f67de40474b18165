import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { functionNames, functions, type FunctionName } from '../../plugin/functions.ts';
import { Installation } from '../fixtures/installation.ts';
import { notGranted, usedActions } from '../fixtures/laws.ts';

/** Granted and not used below, each with the reason for which it is granted. */
const aboutScans = ['ecr:DescribeImageScanFindings', 'ecr:BatchGetRepositoryScanningConfiguration'];
const reviewed: Partial<Record<FunctionName, string[]>> = {
  // No service of this fleet has a gate for scans: then no role is granted them either (test/unit/plugin-grants.test.ts).
  'deploy-image': aboutScans,
  // Nor one that sleeps: test/e2e/nights.test.ts plays that.
  tick: [...aboutScans, 'application-autoscaling:DescribeScalableTargets', 'application-autoscaling:RegisterScalableTarget'],
  // Nor a channel: test/e2e/channels.test.ts plays those.
  'post-to-slack': [...functions['post-to-slack'].calls],
  'obey-command': aboutScans,
  'apply-scan': [...functions['apply-scan'].calls], // And nothing wakes it.
};

const update = (input: object): UpdateServiceCommand =>
  new UpdateServiceCommand({ cluster: 'production', ...(input as { service: string }) });

let here: Installation;

beforeAll(async () => {
  here = await Installation.settled({ readsLagMs: 0 }); // A read that lags leaves to the tick, by chance, what an event's own function may do.
  for (const chapter of chapters) {
    await chapter();
    await here.minutes(10);
  }
}, 90_000);
afterAll(() => here.close());

/** Each lets other functions do what they seldom do. */
const chapters: (() => Promise<unknown>)[] = [
  () => here.push('web', 'latest', 'healthy', 'good'),
  () => here.order({ verb: 'rollback', service: 'production/web' }),
  () => here.order({ verb: 'resume', service: 'production/web' }),
  async () => {
    const goOn = await here.loseEventsFor('deploy-image');
    await here.push('web', 'latest', 'healthy', 'by hand');
    await here.order({ verb: 'deploy', service: 'production/web', image: 'latest' });
    await goOn();
  },
  async () => {
    await here.push('web', 'latest', 'healthy', 'first of two');
    await here.minutes(0.1);
    await here.push('web', 'latest', 'healthy', 'second of two'); // Waits a minute, and is deployed by the tick.
  },
  async () => {
    const { taskDefinition } = await here.sandbox.call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web:1' });
    const { containerDefinitions } = taskDefinition as { containerDefinitions: object[] };
    const byTag = await here.sandbox.call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      // Each task resolves the tag by itself, so that no revision tells a digest, as on services older than revisions.
      containerDefinitions: containerDefinitions.map((container) => ({ ...container, versionConsistency: 'disabled' })),
    });
    const goOn = await here.loseEventsFor('follow-rollout');
    await here.aws.ecs.send(
      update({ service: 'web', taskDefinition: (byTag['taskDefinition'] as { taskDefinitionArn: string }).taskDefinitionArn }),
    );
    await goOn(); // Adopted when it is complete, by the digests that its tasks run.
  },
  () => here.push('web', 'latest', 'crash after=5s', 'bad'), // Rolled back by whoever judges its tasks.
  async () => {
    await here.aws.ecs.send(
      update({ service: 'admin', deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } } }),
    );
    await here.push('shop', 'latest', 'crash after=5s', 'given up'); // ECS gives up and does not go back: whoever follows the rollout does.
  },
];

describe("The plugin's table", () => {
  it('grants whatever the flows call', () => {
    expect(notGranted(here.calls)).toEqual([]);
  });

  it.each(functionNames)('grants %s nothing that it does not call', (name) => {
    const used = usedActions(here.calls).get(name) ?? new Set();
    expect(functions[name].calls.filter((action) => !used.has(action)).toSorted()).toEqual((reviewed[name] ?? []).toSorted());
  });
});
