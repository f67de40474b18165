import { describe, expect, it } from '@jest/globals';
import { judgeStoppedTask } from '../../lib/flows/judge-stopped-task.ts';
import { TransientError } from '../../lib/errors.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';

const log = { group: '/ecs/web', prefix: 'web' };

/** A world whose service writes a log and whose image b crashes twice; the third crash, which condemns it, is judged by the answer. */
async function crashing(settings: object = { cpu: '256' }): Promise<{ world: FlowWorld; last: () => Promise<void> }> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  const running = world.taskDefinitions.revisions.get(world.running());
  if (running !== undefined) {
    const containers = running.containers.map((container) => ({ ...container, log }));
    world.taskDefinitions.revisions.set(running.arn, { ...running, containers, document: settings });
  }
  await world.pushed('b');
  await world.crash(2);
  const task = world.crashed('last');
  world.taskLogs.streams.set('web/web/last', ['starting', 'password=hunter2', '\u001B[31mError: relation "users" does not exist\u001B[0m']);
  return { world, last: () => judgeStoppedTask(task, world.needs(), world.invocation()) };
}

const evidence = (world: FlowWorld) => world.table.heads.get(service)?.current?.evidence;

describe('the evidence of a rollback', () => {
  it('names the container, its exit code and its last lines, secrets hidden, and goes on record', async () => {
    const { world, last } = await crashing();
    await last();
    expect(evidence(world)).toEqual({
      container: 'web',
      exitCode: 1,
      exitMeaning: expect.any(String),
      log: ['starting', 'password=•••', 'Error: relation "users" does not exist'],
      differs: [],
    });
  });

  it('tells how the revisions differ beside the image', async () => {
    const { world, last } = await crashing();
    const current = world.taskDefinitions.revisions.get(world.running());
    if (current !== undefined)
      world.taskDefinitions.revisions.set(current.arn, { ...current, document: { cpu: '512', 'web: command': '--token=abc' } });
    await last();
    expect(evidence(world)?.differs).toEqual(['cpu: 256 → 512', 'web: command: new']);
  });

  it('that cannot be read holds up nothing', async () => {
    const { world, last } = await crashing();
    world.taskLogs.last = async () => {
      throw new TransientError('CloudWatch Logs is away');
    };
    await last();
    expect(world.image()).toBe('a');
    expect(evidence(world)).toMatchObject({ container: 'web', exitCode: 1 });
    expect(evidence(world)?.log).toBeUndefined();
    expect(world.logged.map(({ message }) => message)).toContain('evidence is missing');
  });

  it('is there too where nothing is rolled back', async () => {
    const { world, last } = await crashing();
    const policy = world.configuration.services[service];
    if (policy !== undefined) policy.verify = { ...policy.verify, rollback: false };
    await last();
    expect(world.table.heads.get(service)?.current).toMatchObject({ state: 'failed', evidence: { exitCode: 1, log: expect.any(Array) } });
  });
});
