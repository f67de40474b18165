import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ImagePush } from '../../lib/domain/image-push.ts';
import { digest, FlowWorld, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const repository = '210987654321.dkr.ecr.us-east-1.amazonaws.com/partner';
let world: FlowWorld;

/** A world whose service runs an image of another account and region, named by its full registry name. */
beforeEach(async () => {
  world = new FlowWorld(aConfiguration([aPolicy({ images: [{ repository, tags: { kind: 'tag', tag: 'latest' } }] })]));
  world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
  const { arn } = world.taskDefinitions.add('web', { web: `${repository}@${digest('a')}` });
  world.services.add(service, arn);
  await world.ticks(7);
});

/** The event of a push there, as a forwarded bus hands it on. */
function forwarded(letter: string, differing: Partial<ImagePush> = {}): ImagePush {
  world.registry.push(repository, digest(letter), 'latest', world.now.toISOString());
  return { ...world.pushEvent(letter, 'latest', 'partner'), account: '210987654321', region: 'us-east-1', ...differing };
}

describe('An image of another account and region', () => {
  it('deploys by its forwarded event, from the registry where it is', async () => {
    await world.deploy(forwarded('b'));
    const image = world.taskDefinitions.revisions.get(world.running())?.containers[0]?.image;
    expect(image).toBe(`${repository}@${digest('b')}`);
    expect(world.history().at(-1)).toMatchObject({ state: 'deploying', images: { [repository]: { digest: digest('b'), tag: 'latest' } } });
  });

  it.each<[name: string, differing: Partial<ImagePush>]>([
    ['of this account', { account: '123456789012' }],
    ['of another region', { region: 'eu-west-1' }],
    ['of another repository there', { repository: 'other' }],
  ])('is not taken for one %s that is called alike', async (_, differing) => {
    await world.deploy(forwarded('b', differing));
    expect(world.image()).toBe('a');
  });

  it('is found where its event was not forwarded', async () => {
    forwarded('b');
    await world.ticks(15);
    expect(world.image()).toBe('b');
  });
});
