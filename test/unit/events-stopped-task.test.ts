import { describe, expect, it } from '@jest/globals';
import { parseStoppedTask } from '../../lib/events/stopped-task.ts';
import { PermanentError } from '../../lib/errors.ts';
import { sampleEvent, sampleNames } from '../fixtures/sample-event.ts';

const notStoppedYet = ['ecs-task-running', 'ecs-task-deprovisioning-exit1', 'ecs-task-spot-interruption.warning'];
const stopped = sampleNames.filter((name) => name.startsWith('ecs-task-') && !notStoppedYet.includes(name));

describe('parseStoppedTask', () => {
  it('reads a stopped task whole', () => {
    expect(parseStoppedTask(sampleEvent('ecs-task-stopped-oom137'))).toStrictEqual({
      service: 'production/my-web-app',
      ofService: true,
      taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/production/61c3b65adc960768ece71bef6f584baa',
      taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/my-web-app:87',
      startedBy: 'ecs-svc/4821930475561029384',
      createdAt: '2026-11-20T09:31:01.118Z',
      stoppedAt: '2026-11-20T09:34:35.667Z',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [
        {
          name: 'app',
          exitCode: 137,
          reason: 'OutOfMemoryError: Container killed due to memory usage',
          imageDigest: 'sha256:d7a73e043a0ce9092c77c4d727f2bec2d8cb758cf6988d558cb399da13583e74',
        },
      ],
    });
  });

  it('reads a task with nothing optional', () => {
    const { detail, ...envelope } = sampleEvent('ecs-task-stopped-exit1');
    const names = ['lastStatus', 'taskArn', 'clusterArn', 'taskDefinitionArn', 'createdAt'];
    const bare = { ...envelope, detail: Object.fromEntries(names.map((name) => [name, detail[name]])) };
    expect(parseStoppedTask(bare)).toStrictEqual({
      service: 'production/',
      ofService: false,
      taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/production/108b0e41d8ab1ec7283d9e243b9d7cd8',
      taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/my-web-app:87',
      createdAt: '2026-11-20T09:31:01.118Z',
      stoppedAt: '2026-11-20T09:34:35.000Z', // The envelope's.
      containers: [],
    });
  });

  it('never makes up an exit code', () => {
    const [app] = parseStoppedTask(sampleEvent('ecs-task-failed-to-start-cannotpull')).containers;
    expect(app).toStrictEqual({ name: 'app' });
  });

  it('keeps an exit code of 0', () => {
    expect(parseStoppedTask(sampleEvent('ecs-task-stopped-run-task')).containers).toMatchObject([{ name: 'report', exitCode: 0 }]);
  });

  it('reads a task that was never placed and has no containers', () => {
    expect(parseStoppedTask(sampleEvent('ecs-task-stopped-no-containers'))).toMatchObject({
      containers: [],
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'TaskFailedToStart: RESOURCE:GPU',
    });
  });

  it('keeps containers that AWS put in, and times without milliseconds in the one form', () => {
    expect(parseStoppedTask(sampleEvent('ecs-task-stopped-injected-sidecar'))).toMatchObject({
      createdAt: '2026-11-20T09:31:01.000Z',
      stoppedAt: '2026-11-20T09:34:35.000Z',
      containers: [
        { name: 'aws-guardduty-agent-0hUzvYp', exitCode: 137 },
        { name: 'app', exitCode: 1 },
      ],
    });
  });

  it('takes empty texts for absent ones', () => {
    const event = sampleEvent('ecs-task-stopped-exit1', {
      stopCode: '',
      stoppedReason: '',
      startedBy: '',
      stoppedAt: '',
      containers: null,
    });
    expect(Object.keys(parseStoppedTask(event))).toStrictEqual([
      'service',
      'ofService',
      'taskArn',
      'taskDefinition',
      'createdAt',
      'stoppedAt',
      'containers',
    ]);
  });

  it('reads the cluster from its own ARN, since an old task ARN does not name it', () => {
    const event = sampleEvent('ecs-task-stopped-exit1', { taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/108b0e41d8ab' });
    expect(parseStoppedTask(event)).toMatchObject({
      service: 'production/my-web-app',
      taskArn: expect.stringMatching(/task\/108b0e41d8ab$/),
    });
  });

  it('gives a task of no service a key that no service can have', () => {
    expect(parseStoppedTask(sampleEvent('ecs-task-stopped-run-task'))).toMatchObject({
      ofService: false,
      service: 'production/family:nightly-report',
    });
  });

  it.each(stopped)('reads %s', (name) => {
    expect(parseStoppedTask(sampleEvent(name)).taskArn).toContain(':task/production/');
  });

  it.each([...notStoppedYet, ...sampleNames.filter((name) => !name.startsWith('ecs-task-'))])('does not take %s for a stop', (name) => {
    expect(() => parseStoppedTask(sampleEvent(name))).toThrow(PermanentError);
  });
});
