import { describe, expect, it } from '@jest/globals';
import { EcsWorld, firstTask } from '../fixtures/ecs-world.ts';
import type { SeenEvent } from '../fixtures/ecs-world.ts';

const healthCheck = { command: ['CMD-SHELL', 'curl -f localhost'], interval: 10, retries: 2 };
const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/my-web-app/3f1c9d0a77b24e61';

/** The events of the task that was launched first. */
function ofFirstTask(world: EcsWorld): SeenEvent[] {
  const [first] = world.seen('ECS Task State Change');
  return world.seen('ECS Task State Change').filter(({ resources }) => resources[0] === first?.resources[0]);
}

const statuses = (events: SeenEvent[]): unknown[] => events.map(({ detail }) => detail['lastStatus']);

describe('the life of a task', () => {
  it('goes through every status, one event and one version each', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'), { desiredCount: 1 });
    world.ecs.stopTask('production', firstTask(service).arn);
    world.pass(60);
    expect(statuses(ofFirstTask(world))).toEqual([
      'PROVISIONING',
      'PENDING',
      'ACTIVATING',
      'RUNNING',
      'DEACTIVATING',
      'STOPPING',
      'DEPROVISIONING',
      'STOPPED',
    ]);
    expect(ofFirstTask(world).map(({ detail }) => detail['version'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('takes 15 to 40 seconds to RUNNING, and a slow image longer by what it says', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const runningAfter = [0, 90].map((slow) => {
        const world = new EcsWorld({ seed });
        const { createdAtMs, startedAtMs = 0 } = firstTask(world.settled(world.revision('v1', `slow start=${slow}s`), { desiredCount: 1 }));
        return (startedAtMs - createdAtMs) / 1000;
      });
      expect(runningAfter[0]).toBeGreaterThanOrEqual(15);
      expect(runningAfter[0]).toBeLessThanOrEqual(40);
      expect(runningAfter[1]).toBeCloseTo((runningAfter[0] ?? 0) + 90);
    }
  });

  it.each<[name: string, run: string, container: Record<string, unknown>, stop: object, ofContainer: object]>([
    [
      'a crash',
      'crash after=30s exit=3',
      {},
      { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' },
      { exitCode: 3 },
    ],
    [
      'memory that ran out',
      'oom after=10s',
      {},
      { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' },
      { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    ],
    [
      "a container's failed health check",
      'unhealthy',
      { healthCheck },
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed container health checks' },
      { exitCode: 137 },
    ],
    [
      'an image that cannot be pulled',
      'cannot-pull',
      {},
      {
        stopCode: 'TaskFailedToStart',
        stoppedReason: expect.stringMatching(/^CannotPullContainerError: .*my-web-app(:v1|@sha256:[0-9a-f]{64}): not found$/),
      },
      { lastStatus: 'STOPPED' },
    ],
    [
      'a behaviour that is not understood',
      'explode',
      {},
      { stopCode: 'TaskFailedToStart', stoppedReason: expect.stringMatching(/^CannotStartContainerError: .* not understood: explode$/) },
      { lastStatus: 'STOPPED' },
    ],
  ])('tells %s', (_, run, container, stop, ofContainer) => {
    const world = new EcsWorld();
    world.settled(world.revision('v1', run, container));
    const last = ofFirstTask(world).at(-1)?.detail;
    expect(last).toMatchObject({ lastStatus: 'STOPPED', desiredStatus: 'STOPPED', ...stop, containers: [ofContainer] });
  });

  it('has neither start nor exit code where it never ran', () => {
    const world = new EcsWorld();
    world.settled(world.revision('v1', 'cannot-pull'));
    const last = ofFirstTask(world).at(-1)?.detail ?? {};
    expect(last).not.toHaveProperty('startedAt');
    expect(last['containers']).toEqual([expect.not.objectContaining({ exitCode: expect.anything() })]);
  });

  it('names the target group whose checks failed, after the grace period', () => {
    const world = new EcsWorld();
    const input = { loadBalancers: [{ targetGroupArn: targetGroup }], healthCheckGracePeriodSeconds: 100 };
    world.settled(world.revision('v1', 'unhealthy'), input);
    const stopped = ofFirstTask(world).find(({ detail }) => detail['desiredStatus'] === 'STOPPED');
    const startedAt = new Date(String(stopped?.detail['startedAt'])).getTime();
    expect(stopped?.detail['stoppedReason']).toBe(`Task failed ELB health checks in (target-group ${targetGroup})`);
    expect((stopped?.at.getTime() ?? 0) - startedAt).toBe(160_000);
  });

  it('takes an unhealthy image for healthy where nothing checks it', () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1', 'unhealthy'));
    expect(service.deployments[0]?.rolloutState).toBe('COMPLETED');
  });

  it('stops what runs beside the container that crashed with the exit code of SIGTERM', () => {
    const world = new EcsWorld();
    world.push('v1', 'crash exit=7');
    const definition = world.ecs.definitions.register({
      family: 'pair',
      containerDefinitions: [
        { name: 'proxy', image: 'envoyproxy/envoy:v1.30' },
        { name: 'app', image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app:v1' },
      ],
    });
    world.settled(definition, { launchType: 'EC2' });
    expect(ofFirstTask(world).at(-1)?.detail['containers']).toMatchObject([
      { name: 'proxy', exitCode: 143 },
      { name: 'app', exitCode: 7 },
    ]);
  });

  it('tells the cause at the container alone on EC2', () => {
    const world = new EcsWorld();
    const bridged = {
      family: 'bridged',
      containerDefinitions: [{ name: 'app', image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/none:1' }],
    };
    world.settled(world.ecs.definitions.register(bridged), { launchType: 'EC2' });
    expect(ofFirstTask(world).at(-1)?.detail).toMatchObject({
      stoppedReason: 'Task failed to start',
      containers: [{ reason: expect.stringContaining('not found') }],
      attachments: [],
    });
  });

  it("tells a caller's StopTask with the caller's words", () => {
    const world = new EcsWorld();
    const service = world.settled(world.revision('v1'));
    const { arn } = firstTask(service);
    world.ecs.stopTask('production', arn, 'rolled by orders-bot: bad config');
    expect(ofFirstTask(world).at(-1)?.detail).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'rolled by orders-bot: bad config',
    });
  });

  it('is told for an hour after it stopped, and not a second longer', () => {
    const world = new EcsWorld();
    const { arn } = firstTask(world.settled(world.revision('v1')));
    world.ecs.stopTask('production', arn);
    world.pass(60);
    const stoppedAtMs = world.ecs.tasks.find('production', arn)?.stoppedAtMs ?? 0;
    world.agenda.runUntil(new Date(stoppedAtMs + 3_600_000));
    expect(world.ecs.tasks.find('production', arn)?.lastStatus).toBe('STOPPED');
    world.pass(0.001);
    expect(world.ecs.tasks.find('production', arn)).toBeUndefined();
  });
});
