import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import type { Notification } from '../../lib/domain/notification.ts';
import { digest, FlowWorld, registryHost, repository, service } from '../fakes/flow-world.ts';

const revision = '9f2c1e7ab04d5c6e8f1029384756afbecd012345';
let world: FlowWorld;
beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
  world.contents.said.set(digest('b'), { revision, authors: 'Anna', source: 'git@github.com:shop/web.git' });
});

const labels = ({ facts }: Notification) => facts.filter(([label]) => ['Commit', 'Author', 'Source'].includes(label));
const said = [
  ['Commit', '9f2c1e7ab04d'],
  ['Author', 'Anna'],
  ['Source', `https://github.com/shop/web/commit/${revision}`],
];

describe('where an image comes from', () => {
  it('stands in the record, and in each message but that of what it replaces', async () => {
    await world.live('b');
    expect(world.head().current?.labels).toEqual({ [repository]: expect.objectContaining({ revision }) });
    expect(world.topic.told.map((told) => [told.state, labels(told)])).toEqual([
      ['deploying', said],
      ['baking', said],
      ['replaced', []],
      ['live', said],
    ]);
    expect(world.head().owed).toEqual([]);
  });

  it('is told of the beginning though the topic took that only later', async () => {
    const tell = world.topic.tell.bind(world.topic);
    world.topic.tell = async () => {
      throw new TransientError('throttled');
    };
    await world.pushed('b');
    world.topic.tell = tell;
    await world.ticks(1);
    expect(world.told()).toEqual(['deploying']);
    expect(world.head().owed).toEqual([]);
  });

  it('is left out where it cannot be read, and holds up nothing', async () => {
    world.contents.oneWay.add('unreadable');
    await world.pushed('b');
    expect([world.image(), world.told(), world.topic.told.map(labels)]).toEqual(['b', ['deploying'], [[]]]);
  });

  it('is asked of what somebody else deployed at the next look', async () => {
    const { arn } = world.taskDefinitions.add('web', { web: `${registryHost}/${repository}@${digest('b')}` });
    await world.services.run(service, arn);
    await world.follow();
    await world.completed();
    await world.ticks(8);
    expect(world.head().current).toMatchObject({ state: 'live', labels: { [repository]: { authors: 'Anna' } } });
  });
});
