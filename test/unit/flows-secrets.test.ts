import { describe, expect, it } from '@jest/globals';
import { notificationJson } from '../../lib/adapters/notification-json.ts';
import { revisionSettings } from '../../lib/adapters/revision-settings.ts';
import type { ChannelAddress } from '../../lib/domain/channel.ts';
import type { StoppedTask } from '../../lib/domain/failure.ts';
import { judgeStoppedTask } from '../../lib/flows/judge-stopped-task.ts';
import { renderFor } from '../../lib/notifications/render-for.ts';
import { FlowWorld } from '../fakes/flow-world.ts';
import { plantedSecrets, type Planted } from '../fixtures/planted-secrets.ts';

const log = { group: '/ecs/web', prefix: 'web' };
const addresses: ChannelAddress[] = [
  { kind: 'slack-webhook', webhook: 'ssm:/slack' },
  { kind: 'slack-bot', token: 'ssm:/token', channel: 'C0123456789' },
  { kind: 'teams', webhook: 'ssm:/teams' },
  { kind: 'webhook', url: 'https://example.com/hook', secret: 'ssm:/hook' },
  { kind: 'amazon-q' },
];

const withCommand = (...command: string[]): object => ({ taskDefinition: { containerDefinitions: [{ name: 'web', command }] } });

/** A world whose service crashed twice on image b, which runs another command than image a. */
async function crashing(command: string[]): Promise<FlowWorld> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  set(world, withCommand('serve'));
  await world.pushed('b');
  set(world, withCommand(...command));
  await world.crash(2);
  return world;
}

function set(world: FlowWorld, document: object): void {
  const running = world.taskDefinitions.revisions.get(world.running());
  if (running === undefined) throw new Error('nothing runs');
  const containers = running.containers.map((container) => ({ ...container, log }));
  world.taskDefinitions.revisions.set(running.arn, { ...running, containers, document });
}

async function judged(world: FlowWorld, task: StoppedTask): Promise<void> {
  await judgeStoppedTask(task, { ...world.needs(), settingsOf: revisionSettings }, world.invocation());
}

/** All that anybody may read of it: the table, the log of the functions, the topic, and each channel. */
function readable({ table, logged, topic }: FlowWorld): string {
  const rendered = topic.told.flatMap((notification) => addresses.map((address) => renderFor(address, notification)));
  const attributes = topic.told.map((notification) => notificationJson(notification, 120_000));
  const records = [
    [...table.heads.values()],
    [...table.deployments.values()].map((of) => [...of.values()]),
    [...table.quarantine.values()],
  ];
  return [JSON.stringify([records, logged, topic.told, rendered]), ...attributes, ...topic.mails.flatMap(Object.values)].join('\n');
}

function expectHidden(world: FlowWorld, { secrets }: Planted): void {
  const text = readable(world);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

const cases = plantedSecrets.map((planted) => [planted.name, planted] as const);

describe.each(cases)('%s is seen nowhere', (_, planted) => {
  it('when it stands in the lines of a log', async () => {
    const world = await crashing(['serve']);
    world.taskLogs.streams.set('web/web/last', ['boom', ...planted.text.split('\n'), 'bye']);
    await judged(world, world.crashed('last'));
    await world.completed();
    expect(world.told()).toContain('rolled-back');
    expect(readable(world)).toContain('boom');
    expectHidden(world, planted);
  });

  it.each([
    ['one argument', [planted.text]],
    ['arguments of its own', ['serve', ...planted.text.split(/\s+/)]],
  ])('when it stands in the command of a container, as %s', async (__, command) => {
    const world = await crashing(command);
    await judged(world, world.crashed('last'));
    await world.completed();
    expect(readable(world)).toContain('web: command: ');
    expectHidden(world, planted);
  });

  it('when ECS passes it on as the reason of a stop that counts', async () => {
    const world = await crashing(['serve']);
    const containers = [{ name: 'web', exitCode: 1, reason: `Error: ${planted.text}` }];
    await judged(
      world,
      world.crashed('last', undefined, { stoppedReason: `Essential container in task exited: ${planted.text}`, containers }),
    );
    await world.completed();
    expect(world.told()).toContain('rolled-back');
    expectHidden(world, planted);
  });

  it.each([0, 230, 275])('when it stands after %i characters in the reasons of a stop that nobody knows', async (before) => {
    const world = await crashing(['serve']);
    const reason = `${'x '.repeat(before / 2)}${planted.text}`;
    const unknown = { stopCode: 'Novelty', stoppedReason: 'Something new happened', containers: [{ name: 'web', reason }] };
    await judged(world, world.crashed('one', undefined, unknown));
    await judged(world, world.crashed('two', undefined, { ...unknown, stoppedReason: reason, containers: [{ name: 'web' }] }));
    expect(world.topic.told.map(({ code }) => code)).toContain('unknown-stop');
    expectHidden(world, planted);
  });
});
