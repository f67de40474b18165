import { describe, expect, it } from '@jest/globals';
import { judgeStoppedTask } from '../../lib/flows/judge-stopped-task.ts';
import { RefusedError, TransientError } from '../../lib/errors.ts';
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
      logStream: { group: '/ecs/web', stream: 'web/web/last' },
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

  it('says what is to be granted where the log may not be read', async () => {
    const { world, last } = await crashing();
    world.taskLogs.last = async () => {
      throw new RefusedError('read /ecs/web web/web/last: AccessDeniedException: no', 'AccessDeniedException');
    };
    await last();
    const fault = 'not readable: grant logs:GetLogEvents on /ecs/web, by logGroups in serverless.yml';
    expect(evidence(world)?.logFault).toBe(fault);
    world.services.complete(service, world.now.toISOString());
    await world.follow();
    expect(world.topic.told.at(-1)).toMatchObject({ state: 'rolled-back', facts: expect.arrayContaining([['Log', fault]]) });
  });
});

describe('the evidence of a deployment that others condemn', () => {
  it('is of the first task that failed, and read once however many fail', async () => {
    const { world } = await crashing();
    const read = world.recording.names().filter((call) => call === 'taskLogs.last').length;
    expect([read, evidence(world)?.logStream?.stream]).toEqual([1, expect.stringMatching(/^web\/web\/crash-\d+-\d+-1$/)]);
  });

  it('stands in no message while nothing condemned it', async () => {
    const { world } = await crashing();
    expect(evidence(world)?.exitCode).toBe(1);
    await world.completed();
    await world.ticks(6);
    expect(world.topic.told.at(-1)).toMatchObject({ state: 'live', why: expect.not.stringContaining('exit code') });
    expect(world.topic.told.at(-1)?.log).toBeUndefined();
  });

  it('is of a task that ends with the way back where the rollout hung without a failure', async () => {
    const { world } = await crashing();
    const hung = world.head();
    const { evidence: _, ...current } = hung.current ?? {};
    world.table.heads.set(service, { ...hung, failures: [], current: current as typeof hung.current & object });
    const failing = world.running();
    await world.ticks(31);
    expect(world.head().current).toMatchObject({ state: 'rolling-back', reason: { code: 'rollout-overdue' } });
    world.taskLogs.streams.set('web/web/hung', ['waiting for the database']);
    const scaledIn = { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity initiated by deployment ecs-svc/1' };
    await world.stopped(world.crashed('hung', failing, { ...scaledIn, containers: [{ name: 'web', exitCode: 143 }] }));
    world.services.complete(service, world.now.toISOString());
    await world.follow();
    expect(world.topic.told.at(-1)).toMatchObject({ state: 'rolled-back', log: { lines: ['waiting for the database'] } });
  });
});
