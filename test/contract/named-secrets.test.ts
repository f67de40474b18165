import { afterEach, describe, expect, it } from '@jest/globals';
import { namedSecrets } from '../../lib/adapters/named-secrets.ts';
import { secretsManagerClient } from '../../lib/adapters/secrets-manager-client.ts';
import { ssmClient } from '../../lib/adapters/ssm-client.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer, type JsonRequest, type LocalEndpoint } from './local-endpoint.ts';

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

async function open(answer: (request: JsonRequest) => JsonAnswer) {
  const asked: unknown[] = [];
  aws = await startJsonEndpoint((request) => {
    asked.push([request.operation, JSON.parse(request.text)]);
    return answer(request);
  });
  const options = localOptions(aws.endpoint, { maxAttempts: 1 });
  let nowMs = 0;
  const secrets = namedSecrets(ssmClient(options), secretsManagerClient(options), () => nowMs);
  return { secrets, asked, pass: (ms: number) => void (nowMs += ms) };
}

const parameter = (value: string): JsonAnswer => ({ body: { Parameter: { Value: value } } });

describe('secrets by name', () => {
  it('come from Parameter Store, decrypted', async () => {
    const { secrets, asked } = await open(() => parameter(' https://hooks.slack.com/x\n'));
    expect(await secrets.read('ssm:/autopilot/slack')).toBe('https://hooks.slack.com/x');
    expect(asked).toEqual([['GetParameter', { Name: '/autopilot/slack', WithDecryption: true }]]);
  });

  it('come from Secrets Manager', async () => {
    const { secrets, asked } = await open(() => ({ body: { SecretString: 'xoxb-1' } }));
    expect(await secrets.read('secretsmanager:autopilot/slack')).toBe('xoxb-1');
    expect(asked).toEqual([['GetSecretValue', { SecretId: 'autopilot/slack' }]]);
  });

  it('are one key of a JSON object where the name says so', async () => {
    const { secrets, asked } = await open(() => ({ body: { SecretString: '{"slack":"xoxb-1","port":8080}' } }));
    expect(await secrets.read('secretsmanager:autopilot/all#slack')).toBe('xoxb-1');
    expect(asked).toEqual([['GetSecretValue', { SecretId: 'autopilot/all' }]]);
  });

  it.each([
    ['no such key', '{"slack":"xoxb-1"}'],
    ['a value that is no text', '{"teams":["xoxb-1"]}'],
    ['no JSON', 'xoxb-1'],
    ['nothing', 'null'],
  ])('of which a key is named and there is %s are a fault that does not quote them', async (_, value) => {
    const { secrets } = await open(() => parameter(value));
    const error = await secrets.read('ssm:/all#teams').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'RefusedError', code: 'EmptySecret', message: expect.not.stringContaining('xoxb') });
  });

  it('are kept for five minutes, and read anew when asked to be', async () => {
    const { secrets, asked, pass } = await open(() => parameter('value'));
    await secrets.read('ssm:/a');
    pass(299_999);
    await secrets.read('ssm:/a');
    expect(asked).toHaveLength(1);
    pass(1);
    await secrets.read('ssm:/a');
    expect(asked).toHaveLength(2);
    await secrets.read('ssm:/a', true);
    expect(asked).toHaveLength(3);
  });

  it.each<[name: string, secret: string, answer: JsonAnswer, error: object]>([
    ['does not exist', 'ssm:/a', awsError('ParameterNotFound', ''), { name: 'RefusedError', code: 'ParameterNotFound' }],
    [
      'may not be read',
      'secretsmanager:a',
      awsError('AccessDeniedException', 'no'),
      { name: 'RefusedError', code: 'AccessDeniedException' },
    ],
    ['is empty', 'ssm:/a', parameter('  '), { name: 'RefusedError', code: 'EmptySecret' }],
    ['is throttled', 'ssm:/a', awsError('ThrottlingException', 'Rate exceeded'), { name: 'TransientError' }],
    ['is in no known store', 'vault:a', parameter('x'), { name: 'RefusedError', code: 'UnknownStore' }],
  ])('that %s is a fault that names it', async (_, name, answer, error) => {
    const { secrets } = await open(() => answer);
    await expect(secrets.read(name)).rejects.toMatchObject({ ...error, message: expect.stringContaining(name) });
  });
});
