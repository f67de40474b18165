import { afterEach, describe, expect, it } from '@jest/globals';
import { cloudwatchTaskLogs } from '../../lib/adapters/cloudwatch-task-logs.ts';
import { logsClient } from '../../lib/adapters/logs-client.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer, type LocalEndpoint } from './local-endpoint.ts';

const stream = { group: '/ecs/web', stream: 'ecs/web/0f9d' };

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

async function open(answer: JsonAnswer) {
  const asked: unknown[] = [];
  aws = await startJsonEndpoint(({ text }) => {
    asked.push(JSON.parse(text));
    return answer;
  });
  return { logs: cloudwatchTaskLogs(logsClient(localOptions(aws.endpoint, { maxAttempts: 1 }))), asked };
}

describe('the logs of tasks', () => {
  it('are the last lines of the stream', async () => {
    const { logs, asked } = await open({ body: { events: [{ message: 'one' }, {}, { message: 'two' }] } });
    expect(await logs.last(stream, 60)).toEqual(['one', 'two']);
    expect(asked).toEqual([{ logGroupName: '/ecs/web', logStreamName: 'ecs/web/0f9d', limit: 60, startFromHead: false }]);
  });

  it('of a task that never ran are none', async () => {
    const { logs } = await open(awsError('ResourceNotFoundException', 'The specified log stream does not exist.'));
    expect(await logs.last(stream, 60)).toEqual([]);
  });

  it('that may not be read are a fault that says so', async () => {
    const { logs } = await open(awsError('AccessDeniedException', 'not authorized to perform: logs:GetLogEvents'));
    await expect(logs.last(stream, 60)).rejects.toMatchObject({ name: 'RefusedError', code: 'AccessDeniedException' });
  });

  it('of another region are read by nobody here', async () => {
    const { logs, asked } = await open({ body: { events: [{ message: 'one' }] } });
    expect(await logs.last({ ...stream, region: 'us-east-1' }, 60)).toEqual([]);
    expect(asked).toEqual([]);
  });
});
