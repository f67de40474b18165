import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { calling } from '../../lib/adapters/aws-errors.ts';
import type { ClientOptions } from '../../lib/adapters/client-settings.ts';
import { ecsClient } from '../../lib/adapters/ecs-client.ts';
import { MissingError, RefusedError, TransientError } from '../../lib/errors.ts';
import { localOptions } from './client-options.ts';
import { awsError, startEndpoint, startJsonEndpoint, type JsonAnswer, type LocalEndpoint } from './local-endpoint.ts';

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

/** Calls ECS, which answers as told, each attempt with the next answer, the last one again and again. Tells how it ended and how often ECS was asked. */
async function call(answers: JsonAnswer[], differing: Partial<ClientOptions> = {}): Promise<{ ended: unknown; attempts: number }> {
  let attempts = 0;
  aws = await startJsonEndpoint(() => answers[Math.min((attempts += 1), answers.length) - 1] as JsonAnswer);
  return { ended: await ended(aws.endpoint, differing), attempts };
}

async function ended(endpoint: string, differing: Partial<ClientOptions>): Promise<unknown> {
  const client = ecsClient(localOptions(endpoint, differing));
  try {
    await calling('list clusters', () => client.send(new ListClustersCommand({})));
    return 'answered';
  } catch (error) {
    return error;
  } finally {
    client.destroy();
  }
}

describe('A call that AWS does not answer well', () => {
  it.each<[name: string, answer: JsonAnswer, as: typeof RefusedError | typeof MissingError | typeof TransientError, differing: object]>([
    ['AccessDeniedException', awsError('AccessDeniedException', 'not authorized'), RefusedError, { code: 'AccessDeniedException' }],
    ['InvalidParameterException', awsError('InvalidParameterException', 'no'), RefusedError, { code: 'InvalidParameterException' }],
    ['a name of the future', awsError('NewException', 'no'), RefusedError, { code: 'NewException' }],
    ['ClusterNotFoundException', awsError('ClusterNotFoundException', 'Cluster not found.'), MissingError, { what: 'cluster' }],
    ['ServiceNotFoundException', awsError('ServiceNotFoundException', 'Service not found.'), MissingError, { what: 'service' }],
    ['ThrottlingException', awsError('ThrottlingException', 'Rate exceeded'), TransientError, {}],
    ['ServerException', awsError('ServerException', 'oops', 500), TransientError, {}],
    [
      'a copy that meets another of its family',
      awsError('ClientException', 'Too many concurrent attempts to create a new revision of the specified family.'),
      TransientError,
      {},
    ],
    ['any 503', awsError('Whatever', 'oops', 503), TransientError, {}],
    ['any 429', awsError('Whatever', 'slow down', 429), TransientError, {}],
  ])('throws %s in our words, with what was tried and the cause', async (_name, answer, as, differing) => {
    const { ended: error } = await call([answer], { maxAttempts: 1 });
    expect(error).toBeInstanceOf(as);
    expect(error).toMatchObject({ ...differing, message: expect.stringContaining('list clusters: '), cause: expect.any(Error) });
  });

  it('hides a secret that AWS quotes, in the cause too', async () => {
    const { ended: error } = await call([awsError('ClientException', "Value 'password=hunter2' at 'command' is too long")]);
    expect(error).toMatchObject({ message: expect.stringContaining("password=•••' at 'command' is too long") });
    expect(String((error as Error).cause)).toContain('ClientException: Value');
    expect(String((error as Error).cause)).not.toContain('hunter2');
  });

  it('throws a connection that is refused as transient', async () => {
    aws = await startEndpoint(() => {});
    await aws.stop();
    expect(await ended(aws.endpoint, { maxAttempts: 1 })).toBeInstanceOf(TransientError);
  });

  it('throws a connection that breaks as transient', async () => {
    aws = await startEndpoint((request) => void request.socket.destroy());
    expect(await ended(aws.endpoint, { maxAttempts: 1 })).toBeInstanceOf(TransientError);
  });

  it('ends one that hangs, tries it again, and throws it as transient', async () => {
    let attempts = 0;
    aws = await startEndpoint(() => (attempts += 1));
    expect(await ended(aws.endpoint, { requestTimeoutMs: 30, maxAttempts: 2 })).toBeInstanceOf(TransientError);
    expect(attempts).toBe(2);
  });

  it('is answered after a fault that passes', async () => {
    const fault = awsError('ServerException', 'oops', 500);
    expect(await call([fault, { body: {} }])).toEqual({ ended: 'answered', attempts: 2 });
  });

  it.each([
    ['a mistake in the code', Object.assign(new TypeError('undefined is not a function'), { $metadata: { attempts: 1 } })],
    ['what was thrown before the call', new Error('no such setting')],
    ['what is in our words already', new RefusedError('no', 'Code')],
  ])('leaves %s as it is', async (_name, fault) => {
    await expect(calling('list clusters', () => Promise.reject(fault))).rejects.toBe(fault);
  });
});

describe('The time that a function has left', () => {
  it.each<[leftMs: number, attempts: number, ended: unknown]>([
    [10_000, 1, 'answered'],
    [9999, 0, expect.any(TransientError)],
  ])('with %i ms left, ECS is asked %i times', async (leftMs, attempts, outcome) => {
    const budget = { remainingMs: () => leftMs };
    expect(await call([{ body: {} }], { budget })).toEqual({ ended: outcome, attempts });
  });

  it('is asked again before each attempt', async () => {
    const left = [10_000, 9999];
    const budget = { remainingMs: () => left.shift() ?? 0 };
    const { ended: error, attempts } = await call([awsError('ServerException', 'oops', 500)], { budget });
    expect(error).toMatchObject({
      name: 'TransientError',
      message: 'list clusters: no call is begun in the last 10 s of a function: 9999 ms are left',
    });
    expect(attempts).toBe(1);
  });
});
