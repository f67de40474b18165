import { InvokeCommand, type InvokeCommandInput, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFunction } from '../fixtures/sandbox-package.ts';
import { clientSettings, runSmall, type SmallSandbox } from '../fixtures/small-sandbox.ts';

/** Says and answers what its event tells it to. */
const source = `exports.handler = async ({ say = [], wait = 0, long = 0, fail }) => {
  for (const line of say) process.stdout.write(JSON.stringify(line) + '\\n');
  if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
  if (fail) throw new RangeError(fail);
  return 'x'.repeat(long);
};`;
let world: SmallSandbox;
let lambda: LambdaClient;

beforeAll(async () => {
  world = await runSmall(
    {
      Closed: aFunction('closed', { Code: { S3Bucket: 'deployments', S3Key: 'small/test/echo.zip' }, ReservedConcurrentExecutions: 0 }),
      Single: aFunction('single', { Code: { S3Bucket: 'deployments', S3Key: 'small/test/echo.zip' }, ReservedConcurrentExecutions: '1' }),
    },
    source,
  );
  lambda = new LambdaClient({ ...clientSettings(world.sandbox), maxAttempts: 1 });
});
afterAll(() => world.close());

async function invoke(event: object, more: Partial<InvokeCommandInput> = {}): Promise<Record<string, unknown>> {
  const { Payload, LogResult, ...answer } = await lambda.send(
    new InvokeCommand({ FunctionName: 'echo', Payload: JSON.stringify(event), ...more }),
  );
  return { ...answer, log: LogResult && Buffer.from(LogResult, 'base64').toString(), text: Payload?.transformToString() };
}

describe('Invoke', () => {
  it.each<[sentence: string, type: 'DryRun' | 'Event' | 'RequestResponse', status: number, said: unknown[]]>([
    ['asks, and calls nothing', 'DryRun', 204, []],
    ['accepts an event', 'Event', 202, ['done']],
    ['waits for the answer', 'RequestResponse', 200, ['done']],
  ])('%s', async (_, InvocationType, StatusCode, said) => {
    world.heard.length = 0;
    expect(await invoke({ say: ['done'] }, { InvocationType })).toMatchObject({ StatusCode });
    await world.sandbox.clock.settle();
    expect(world.heard).toEqual(said);
  });

  it('tells the end of the log where it is asked to, and only of this call', async () => {
    await invoke({ say: ['before'] });
    expect((await invoke({ say: ['a', 'b'] }, { LogType: 'Tail' }))['log']).toBe('"a"\n"b"\n');
    expect((await invoke({ say: ['a'] }))['log']).toBeUndefined();
    const long = (await invoke({ say: ['x'.repeat(5000), 'end'] }, { LogType: 'Tail' }))['log'] as string;
    expect([long.length, long.slice(-6)]).toEqual([4096, '"end"\n']);
    const failed = await invoke({ say: ['last words'], fail: 'no' }, { LogType: 'Tail' });
    expect([failed['FunctionError'], failed['log']]).toEqual(['Unhandled', expect.stringMatching(/^"last words"\n.*RangeError/)]);
  });

  it.each<[sentence: string, event: object, more: Partial<InvokeCommandInput>, name: string]>([
    ['a function that nothing may run', {}, { FunctionName: 'closed' }, 'TooManyRequestsException'],
    ['more than 6 MB', { a: 'x'.repeat(6 * 1024 * 1024) }, {}, 'RequestTooLargeException'],
    ['an event of more than 1 MB', { a: 'x'.repeat(1024 * 1024) }, { InvocationType: 'Event' }, 'RequestTooLargeException'],
    ['a name that can be none', {}, { FunctionName: 'a b' }, 'ValidationException'],
    ['another way to call', {}, { InvocationType: 'Perhaps' as 'Event' }, 'ValidationException'],
  ])('refuses %s', async (_, event, more, name) => {
    await expect(invoke(event, more)).rejects.toMatchObject({ name });
  });

  it('refuses a second call beside the one that is reserved', async () => {
    const begun = new Promise((resolve) => world.sandbox.onLog(resolve));
    const first = invoke({ say: ['begun'], wait: 300 }, { FunctionName: 'single' });
    await begun;
    await expect(invoke({}, { FunctionName: 'single' })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect(await first).toMatchObject({ StatusCode: 200 });
    expect(await invoke({}, { FunctionName: 'single' })).toMatchObject({ StatusCode: 200 });
  });

  it('tells of an answer that is too long', async () => {
    expect(await invoke({ long: 6 * 1024 * 1024 + 100 })).toMatchObject({
      FunctionError: 'Unhandled',
      text: expect.stringContaining('Function.ResponseSizeTooLarge'),
    });
    expect((await invoke({ long: 6 * 1024 * 1024 }))['FunctionError']).toBeUndefined();
  });
});

describe('ListFunctions', () => {
  it('tells them page by page', async () => {
    const { Functions: first, NextMarker } = await lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
    const { Functions: rest, NextMarker: end } = await lambda.send(new ListFunctionsCommand({ MaxItems: 2, Marker: NextMarker }));
    expect(new Set([...(first ?? []), ...(rest ?? [])].map(({ FunctionName }) => FunctionName))).toEqual(
      new Set(['closed', 'echo', 'single']),
    );
    expect([first?.length, end]).toEqual([2, undefined]);
  });
});
