import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

/** A revision as ECS holds it, members that the SDK does not know included. */
async function whole(here: Installation, taskDefinition: string): Promise<Record<string, unknown>> {
  const answer = await here.sandbox.call('ecs', 'DescribeTaskDefinition', { taskDefinition, include: ['TAGS'] });
  return { ...(answer['taskDefinition'] as object), tags: answer['tags'] };
}

const ofEachRevision = ['taskDefinitionArn', 'revision', 'registeredAt', 'registeredBy'];

describe('A good push', () => {
  it(
    'goes live as a new revision by digest',
    played(async (here) => {
      const digest = await here.push('web', 'latest', 'healthy');
      await here.minutes(5);
      expect(here.states('production/web')).toEqual(['live', 'deploying', 'baking', 'replaced', 'live']);
      const revision = await here.revision('production/web');
      expect(await here.images(revision)).toEqual([`web@${digest}`]);
      const { taskDefinition: running, deployments = [] } = await here.service('production/web');
      expect(deployments.map(({ status, rolloutState, taskDefinition }) => [status, rolloutState, taskDefinition])).toEqual([
        ['PRIMARY', 'COMPLETED', running],
      ]);
      const [baseline, deployed] = await here.history('production/web');
      expect(baseline).toMatchObject({ origin: 'external', state: 'replaced', reason: { code: 'replaced-by-newer' } });
      expect(deployed).toMatchObject({
        origin: 'push',
        state: 'live',
        images: { web: { digest, tag: 'latest' } },
        taskDefinition: running,
      });
      expect(deployed?.timeline.map(({ state }) => state)).toEqual(['deploying', 'baking', 'live']);
      expect(here.made('ecs:UpdateService')).toHaveLength(1);
    }),
  );

  it(
    'keeps the whole task definition, what the SDK does not know included, and tags the copy',
    played(
      async (here) => {
        const before = await whole(here, await here.revision('production/web'));
        const digest = await here.push('web', 'latest', 'healthy');
        await here.minutes(5);
        const after = await whole(here, await here.revision('production/web'));
        const [container] = before['containerDefinitions'] as Record<string, unknown>[];
        expect(container).toMatchObject({ futureField: { depth: [1, { more: true }] } });
        expect(without(after, [...ofEachRevision, 'containerDefinitions', 'tags'])).toEqual(
          without(before, [...ofEachRevision, 'containerDefinitions', 'tags']),
        );
        expect(after['containerDefinitions']).toEqual([
          { ...container, image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@${digest}` },
        ]);
        const { id } = (await here.head('production/web')).current ?? {};
        expect(after['tags']).toEqual([
          { key: 'team', value: 'team of web' },
          { key: 'autopilot:deployment', value: id },
          { key: 'autopilot:image', value: `web:latest@${digest.slice(0, 19)}` },
        ]);
      },
      { future: { futureField: { depth: [1, { more: true }] } } },
    ),
  );

  it(
    'leaves the desired count to whoever set it meanwhile',
    played(async (here) => {
      await here.sandbox.call('ecs', 'UpdateService', { cluster: 'production', service: 'web', desiredCount: 5 });
      await here.push('web', 'latest', 'healthy');
      await here.minutes(5);
      expect(await here.service('production/web')).toMatchObject({ desiredCount: 5, runningCount: 5 });
      expect(here.states('production/web').at(-1)).toBe('live');
    }),
  );

  it(
    'by a glob changes the one container and no sidecar; a tag that the glob does not take changes nothing',
    played(async (here) => {
      await here.push('api', 'feature-7', 'healthy');
      const digest = await here.push('api', 'main-2', 'healthy');
      await here.minutes(5);
      const revision = await here.revision('production/api');
      const { taskDefinition } = await here.aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: revision }));
      expect(revision).toBe('api:2');
      expect(taskDefinition?.containerDefinitions?.map(({ image }) => image)).toEqual([
        `123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@${digest}`,
        'public.ecr.aws/nginx/nginx:1.29',
      ]);
      expect(await here.history('production/api')).toHaveLength(2);
    }),
  );
});

function without(document: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}
