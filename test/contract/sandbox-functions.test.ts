import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LogLine } from '../../sandbox/lambda/instance.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { aFunction, aQueue, writePackage } from '../fixtures/sandbox-package.ts';

const start = new Date('2026-01-05T10:00:00.000Z');
const name = 'probe';
/** Does what its event says, so that one bundle serves every test. */
const source = `
let runs = 0;
const loadedAt = new Date().toISOString();
exports.handler = async (event, context) => {
  runs++;
  if (event.fail) throw new TypeError('as asked');
  if (event.hang) await new Promise(() => setTimeout(() => {}, 60000));
  if (event.exit) process.exit(3);
  if (event.wait) await new Promise((resolve) => setTimeout(resolve, event.wait));
  if (event.log) { console.info({ message: 'seen', id: 7 }); console.debug('too fine'); console.warn('plain %s', 'text'); process.stdout.write('{"_aws":{}}\\n'); }
  if (event.ask === 'env') return process.env;
  if (event.ask === 'time') return { loadedAt, now: Date.now(), date: new Date().toISOString(), given: new Date(0).toISOString(), text: typeof Date(), is: new Date() instanceof Date, utc: Date.UTC(2026, 0, 1) };
  if (event.ask === 'context') return { ...context, left: context.getRemainingTimeInMillis() };
  return { runs };
};`;

let sandbox: Sandbox;
let lambda: LambdaClient;
let remove: () => void;

beforeAll(async () => {
  process.env['SHELL_SECRET'] = 'of the shell';
  const settings = {
    Environment: { Variables: { AUTOPILOT_STAGE: 'test' } },
    MemorySize: 256,
    Timeout: 1,
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
  };
  const packaged = writePackage({
    functions: {
      [name]: source,
      broken: 'throw new Error("does not load");',
      callback: 'exports.handler = (event, context, done) => done();',
      patient: source,
    },
    resources: {
      ...aQueue('Failed'),
      Probe: aFunction(name, { ...settings, DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] } } }),
      Patient: aFunction('patient'),
      Broken: aFunction('broken'),
      Callback: aFunction('callback'),
      Retries: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Patient' },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
        },
      },
    },
  });
  ({ remove } = packaged);
  sandbox = await startSandbox({ start, package: packaged.folder, fleet: false });
  lambda = new LambdaClient({
    endpoint: sandbox.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  delete process.env['SHELL_SECRET'];
  await sandbox.close();
  remove();
});

async function invoke(event: object, FunctionName = name): Promise<{ error: string | undefined; answer: Record<string, unknown> }> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return { error: FunctionError, answer: JSON.parse(Payload?.transformToString() ?? 'null') as Record<string, unknown> };
}

async function later(event: object, FunctionName: string): Promise<void> {
  const { StatusCode } = await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) }));
  expect(StatusCode).toBe(202);
}

async function failures(): Promise<{ body: Record<string, unknown>; attributes: Record<string, unknown> }[]> {
  const { Messages = [] } = (await sandbox.call('sqs', 'ReceiveMessage', {
    QueueUrl: 'Failed',
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ['All'],
  })) as {
    Messages?: { Body: string; MessageAttributes: Record<string, unknown> }[];
  };
  await sandbox.call('sqs', 'PurgeQueue', { QueueUrl: 'Failed' });
  return Messages.map(({ Body, MessageAttributes }) => ({
    body: JSON.parse(Body) as Record<string, unknown>,
    attributes: MessageAttributes,
  }));
}

describe('A function', () => {
  it("has Lambda's environment and the template's, and nothing of the shell's", async () => {
    const { answer } = await invoke({ ask: 'env' });
    expect(answer).toMatchObject({
      AUTOPILOT_STAGE: 'test',
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      _HANDLER: 'functions/handler.handler',
    });
    expect(Object.keys(answer).filter((key) => key === 'SHELL_SECRET' || key === 'PATH' || key === 'HOME')).toEqual([]);
  });

  it('has credentials of its own', async () => {
    const [one, other] = [await invoke({ ask: 'env' }), await invoke({ ask: 'env' }, 'patient')];
    expect(one.answer['AWS_ACCESS_KEY_ID']).not.toBe(other.answer['AWS_ACCESS_KEY_ID']);
    expect(sandbox.world.functions.ofAccessKey(String(other.answer['AWS_ACCESS_KEY_ID']))?.name).toBe('patient');
  });

  it("lives in the sandbox's time, from before its bundle loads", async () => {
    const { answer } = await invoke({ ask: 'time' });
    const now = start.toISOString();
    expect(answer).toEqual({
      loadedAt: now,
      now: start.getTime(),
      date: now,
      given: '1970-01-01T00:00:00.000Z',
      text: 'string',
      is: true,
      utc: Date.UTC(2026, 0, 1),
    });
  });

  it('is told who called it and how long it has', async () => {
    const { answer } = await invoke({ ask: 'context' });
    expect(answer).toMatchObject({
      functionName: name,
      memoryLimitInMB: '256',
      functionVersion: '$LATEST',
      invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    });
    expect(answer['left']).toBeGreaterThan(500);
    expect(answer['left']).toBeLessThanOrEqual(1000);
  });

  it('is warm the second time, and beside itself in another instance', async () => {
    const [, again] = [await invoke({}, 'patient'), await invoke({}, 'patient')];
    expect(again.answer['runs']).toBeGreaterThan(1);
    const both = await Promise.all([invoke({ wait: 150 }, 'patient'), invoke({ wait: 150 }, 'patient')]);
    expect(both.map(({ answer }) => answer['runs'])).toContain(1);
  });

  it('that throws is told with type, message and stack', async () => {
    expect(await invoke({ fail: true })).toMatchObject({
      error: 'Unhandled',
      answer: { errorType: 'TypeError', errorMessage: 'as asked' },
    });
  });

  it('that takes too long is ended, in real time, and the next call gets a new instance', async () => {
    expect(await invoke({ hang: true })).toMatchObject({
      error: 'Unhandled',
      answer: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('timed out after 1.00 seconds') },
    });
    expect(await invoke({})).toMatchObject({ error: undefined, answer: { runs: 1 } });
    expect(sandbox.clock.now()).toEqual(start);
  });

  it.each<[sentence: string, event: object, functionName: string, errorType: string]>([
    ['that ends its process is told', { exit: true }, name, 'Runtime.ExitError'],
    ['that does not load is told', {}, 'broken', 'Error'],
    ['with a callback is refused, as Node 24 does on Lambda', {}, 'callback', 'Runtime.CallbackHandlerDeprecated'],
  ])('%s', async (_, event, functionName, errorType) => {
    expect(await invoke(event, functionName)).toMatchObject({ error: 'Unhandled', answer: { errorType } });
  });

  it('logs as Lambda does in JSON, from its level on, and what it writes itself as it is', async () => {
    const lines: LogLine[] = [];
    const leave = sandbox.onLog((line) => lines.push(line));
    await invoke({ log: true });
    await new Promise((resolve) => setImmediate(resolve));
    leave();
    const parsed = lines.map(({ line }) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed).toEqual(
      expect.arrayContaining([
        { timestamp: start.toISOString(), level: 'INFO', requestId: expect.any(String), message: { message: 'seen', id: 7 } },
        { timestamp: start.toISOString(), level: 'WARN', requestId: expect.any(String), message: 'plain text' },
        { _aws: {} },
      ]),
    );
    expect(parsed).toHaveLength(3);
  });

  it('is described as Lambda describes it', async () => {
    expect(
      await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: `arn:aws:lambda:eu-west-1:123456789012:function:${name}:$LATEST` }),
      ),
    ).toMatchObject({ FunctionName: name, Timeout: 1, MemorySize: 256, Runtime: 'nodejs24.x' });
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'none' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(lambda.send(new InvokeCommand({ FunctionName: name, Payload: '{' }))).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
  });
});

describe('An event that fails', () => {
  it('is tried twice more, after one and two minutes, and then its dead-letter queue gets it once', async () => {
    const tries: string[] = [];
    const leave = sandbox.onLog(({ line }) => tries.push((JSON.parse(line) as { timestamp: string }).timestamp));
    const began = sandbox.clock.now().getTime();
    await later({ fail: true, id: 1 }, name);
    await sandbox.clock.advance(179_999);
    expect(await failures()).toEqual([]);
    await sandbox.clock.advance(600_000);
    leave();
    expect(tries.map((at) => Date.parse(at) - began)).toEqual([0, 60_000, 180_000]);
    expect(await failures()).toMatchObject([
      { body: { fail: true, id: 1 }, attributes: { ErrorMessage: { StringValue: 'as asked' }, RequestID: { DataType: 'String' } } },
    ]);
  });

  it('is tried as often as its settings say, and its destination is told all about it', async () => {
    await later({ fail: true, id: 2 }, 'patient');
    await sandbox.clock.advance(60_000);
    expect(await failures()).toMatchObject([
      {
        body: {
          requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
          requestPayload: { id: 2 },
          responsePayload: { errorType: 'TypeError' },
        },
      },
    ]);
  });

  it('is not tried again once it went well', async () => {
    await later({ id: 3 }, name);
    await sandbox.clock.advance(600_000);
    expect(await failures()).toEqual([]);
  });
});
