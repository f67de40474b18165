import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lambdaClient } from '../../lib/adapters/lambda-client.ts';
import { lambdaCommands } from '../../lib/adapters/lambda-commands.ts';
import { stsCaller } from '../../lib/adapters/sts-caller.ts';
import { stsClient } from '../../lib/adapters/sts-client.ts';
import { stsProofs } from '../../lib/adapters/sts-proofs.ts';
import { stsSigner } from '../../lib/adapters/sts-signer.ts';
import { commandHash, proofFault, signedHeaders } from '../../lib/decide/commands/proof.ts';
import { TransientError } from '../../lib/errors.ts';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';
import { localOptions } from './client-options.ts';

const hash = commandHash({ verb: 'resume' }, '123456789012/eu-west-1/production');

describe('A proof of who orders', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ start: new Date('2026-11-23T12:00:00.000Z') });
  });
  afterAll(() => sandbox.close());

  it('signed by the SDK for AWS passes every check, and says nothing but who asks', async () => {
    const client = stsClient({ region: 'eu-west-1', budget: { remainingMs: () => 60_000 } });
    client.config.credentials = async () => ({ accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'session' });
    const proof = await stsSigner(client).sign(hash);
    expect(proof).toMatchObject({
      method: 'POST',
      url: 'https://sts.eu-west-1.amazonaws.com/',
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    expect(proofFault(proof, hash, undefined, new Date())).toBeUndefined();
    expect(signedHeaders(proof.headers['authorization'] ?? '')).toEqual(
      expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token', 'x-autopilot-command']),
    );
    expect(JSON.stringify(proof)).not.toContain('secret"');
  });

  it('replayed to the sandbox is answered with who signed it, by the clock of the sandbox', async () => {
    const client = stsClient(localOptions(sandbox.endpoint));
    await stsCaller(client).identity(); // As the command line asks first: the SDK learns what time it is there.
    const proof = await stsSigner(client).sign(hash);
    expect(proofFault(proof, hash, sandbox.endpoint, sandbox.clock.now())).toBeUndefined();
    expect(await stsProofs(sandbox.endpoint).callerOf(proof)).toBe('arn:aws:iam::123456789012:user/sandbox');
  });
});

describe('The function obey-command', () => {
  it('that is not there is missed by its name, in words for whoever calls the command line', async () => {
    const sandbox = await startSandbox({ start: new Date('2026-11-23T12:00:00.000Z') });
    const commands = lambdaCommands(lambdaClient(localOptions(sandbox.endpoint)), 'ecs-autopilot-staging');
    const missed = {
      name: 'MissingError',
      what: 'function',
      message: expect.stringMatching(/no function ecs-autopilot-staging-obey-command: nothing is installed/),
    };
    await expect(commands.send({ verb: 'resume' })).rejects.toMatchObject(missed);
    await sandbox.close();
  });
});

describe('Asking STS', () => {
  let server: Server;
  type Told = { status: number; headers?: Record<string, string>; body: string };
  let answer: Told;
  const elsewhere: Told = { status: 200, body: '<Arn>arn:aws:iam::123456789012:user/mallory</Arn>' };
  const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        seen.push({ headers: request.headers, body });
        const { status, headers, body: told } = request.url === '/elsewhere' ? elsewhere : answer;
        response.writeHead(status, headers ?? {});
        response.end(told);
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  const asked = () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 x',
      'x-amz-date': '20261123T120000Z',
      host: 'sts.amazonaws.com',
      'content-length': '7',
      Connection: 'close',
    };
    return stsProofs(endpoint).callerOf({
      method: 'POST',
      url: 'https://sts.amazonaws.com/',
      headers,
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
  };

  it('sends the signed parts as they are', async () => {
    answer = { status: 200, body: '<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ada</Arn></GetCallerIdentityResult>' };
    expect(await asked()).toBe('arn:aws:iam::123456789012:user/ada');
    expect(seen.at(-1)).toMatchObject({
      headers: { 'x-amz-date': '20261123T120000Z', 'content-length': '43' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
  });

  it.each([
    ['refuses the signature', { status: 403, body: '<Code>SignatureDoesNotMatch</Code>' }],
    ['answers something else', { status: 200, body: '<html>Welcome</html>' }],
  ])('hears of nobody where it %s', async (_, given) => {
    answer = given;
    expect(await asked()).toBeUndefined();
  });

  it.each([
    ['is out of order', { status: 503, body: '' }],
    ['has too much to do', { status: 429, body: '' }],
    ['sends it elsewhere, where it is not followed', { status: 302, headers: { location: '/elsewhere' }, body: '' }],
  ])('could not be done where it %s', async (_, given) => {
    answer = given;
    await expect(asked()).rejects.toThrow(TransientError);
  });
});
