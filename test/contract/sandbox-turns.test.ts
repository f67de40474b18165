import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { aFunction, writePackage } from '../fixtures/sandbox-package.ts';

/** Makes calls as its event says. The first is by far the largest: whoever goes by when calls arrive takes it last. */
const source = `
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const key = process.env.AWS_ACCESS_KEY_ID;
const send = (name, bulk = '') => new Promise((done) => {
  const headers = {
    'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.PutLogEvents',
    authorization: 'AWS4-HMAC-SHA256 Credential=' + key + '/20260105/eu-west-1/logs/aws4_request, SignedHeaders=host, Signature=0',
  };
  const request = http.request(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers }, (response) => response.resume().on('end', done));
  request.setTimeout(10_000, () => request.destroy()).on('error', done);
  request.end(JSON.stringify({ logGroupName: 'none', logStreamName: name, logEvents: [{ timestamp: 0, message: 'm' + bulk }] }));
});
const invoke = (name) => fetch(process.env.AWS_ENDPOINT_URL + '/2015-03-31/functions/' + name + '/invocations', {
  method: 'POST', body: '{"calls":2}',
  headers: { authorization: 'AWS4-HMAC-SHA256 Credential=' + key + '/20260105/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0' },
}).then((response) => response.json());
exports.handler = async ({ calls = 0, sleeps = [], of, hang }, context) => {
  const began = context.getRemainingTimeInMillis();
  if (hang) await send('hung');
  if (of) return invoke(of);
  const all = Array.from({ length: calls }, (_, call) => send(String(call), 'x'.repeat(call === 0 ? 2_000_000 : 1)));
  for (const ms of sleeps) all.push(sleep(ms).then(() => send('after ' + ms)));
  await Promise.all(all);
  return { took: began - context.getRemainingTimeInMillis(), passed: performance.now() };
};`;

const packaged = writePackage({
  functions: { left: source, right: source },
  resources: { Left: aFunction('left'), Right: aFunction('right') },
});
let sandboxes: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  sandboxes = [];
});

async function started(seed = 'sandbox'): Promise<{ sandbox: Sandbox; calls: string[] }> {
  const sandbox = await startSandbox({ package: packaged.folder, fleet: false, seed });
  sandboxes.push(sandbox);
  const calls: string[] = [];
  sandbox.onCall(
    ({ caller, input }) => caller !== 'any' && calls.push(`${caller} ${(input as { logStreamName?: string }).logStreamName ?? 'invokes'}`),
  );
  return { sandbox, calls };
}

async function invoke({ endpoint }: Sandbox, name: string, event: object): Promise<unknown> {
  const answer = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    body: JSON.stringify(event),
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=any/20260105/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0' },
  });
  return answer.json();
}

/** What two functions that run side by side call, in the order in which it is done. */
async function sideBySide(seed?: string): Promise<string[]> {
  const { sandbox, calls } = await started(seed);
  await Promise.all(['left', 'right'].map((name) => invoke(sandbox, name, { calls: 6 })));
  return calls;
}

describe('Calls of functions', () => {
  it('are done in the order in which each function began them, however large they are', async () => {
    const calls = await sideBySide();
    for (const name of ['left', 'right'])
      expect(calls.filter((call) => call.startsWith(name))).toEqual([0, 1, 2, 3, 4, 5].map((call) => `${name} ${call}`));
  });

  it('side by side come in an order of the seed', async () => {
    const [first, again, other] = [await sideBySide('first'), await sideBySide('first'), await sideBySide('other')];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('wait for whoever has calls to make before one that slept goes on, and a sleep counts though it takes no time', async () => {
    const { sandbox, calls } = await started();
    const answer = (await invoke(sandbox, 'left', { calls: 3, sleeps: [2000, 1000] })) as { took: number; passed: number };
    expect(calls).toEqual(['0', '1', '2', 'after 1000', 'after 2000'].map((call) => `left ${call}`));
    expect(answer.passed).toBe(2000);
    expect(answer.took).toBeGreaterThanOrEqual(2000);
  });

  it('end with a function that sleeps beyond its time-out', async () => {
    const { sandbox } = await started();
    expect(await invoke(sandbox, 'left', { sleeps: [3001] })).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('let a function go on that another one waits for', async () => {
    const { sandbox, calls } = await started();
    expect(await invoke(sandbox, 'left', { of: 'right' })).toMatchObject({ passed: 0 });
    expect(calls).toEqual(['right 0', 'right 1', 'left invokes']);
  });

  it('are not held up by one that is never answered', async () => {
    const { sandbox, calls } = await started();
    sandbox.world.fault({ fault: 'time-out', operation: 'logs:PutLogEvents', times: 1, caller: 'left' });
    const hanging = invoke(sandbox, 'left', { hang: true, calls: 1 }).catch(() => 'cut off');
    await invoke(sandbox, 'right', { calls: 2 });
    expect(calls.filter((call) => call !== 'left hung')).toEqual(['right 0', 'right 1']); // The other still waits for its answer.
    await sandbox.close();
    await hanging;
  });
});
