import { describe, expect, it } from '@jest/globals';
import { CommandError } from '../../cli/command-error.ts';
import { verb, type Call } from '../../cli/verb.ts';
import { TransientError, RefusedError } from '../../lib/errors.ts';
import { command, smallFile, type Around } from '../fakes/command-line.ts';

const show = verb({
  name: 'show',
  summary: 'show what a service is',
  about: ['It changes nothing.'],
  service: 'optional',
  flags: {
    limit: {
      type: 'string',
      value: 'N',
      summary: 'how many there are at most, counted from the newest one on and never more than a thousand',
    },
  },
  changes: false,
  run: async ({ policy, settings: { stage, region } }: Call) => ({
    lines: [`${policy?.name ?? 'all'} in ${stage}, ${region}`],
    data: { name: policy?.name, stage, region },
  }),
});
const change = verb({
  name: 'change',
  summary: 'change it',
  service: 'required',
  flags: {},
  changes: true,
  run: async () => ({ lines: ['changed'], data: { changed: true } }),
});
const refuse = verb({
  name: 'refuse',
  summary: 'refuse',
  service: 'none',
  flags: {},
  changes: false,
  run: async () => ({ lines: ['it is on hold'], data: { refused: 'on-hold' }, status: 1 }),
});
const verbs = [show, change, refuse];

const failing = (fault: unknown) => {
  const run = async () => {
    throw fault;
  };
  return verb({ name: 'fail', summary: 'fail', service: 'none', flags: {}, changes: false, run });
};

describe('The command line', () => {
  const where = 'Account 123456789012, region eu-central-1, stage production\n';
  const withoutImage = { ...smallFile, custom: { autopilot: { services: { 'production/web': {} } } } };

  it.each<[line: string, around: Around, ends: { status: number; out: string; err: string }]>([
    ['show', {}, { status: 0, out: 'all in production, eu-central-1\n', err: '' }],
    ['show production/web', {}, { status: 0, out: 'web in production, eu-central-1\n', err: '' }],
    ['show --stage staging --region us-east-2', {}, { status: 0, out: 'all in staging, us-east-2\n', err: '' }],
    ['show --sandbox', {}, { status: 0, out: 'all in production, eu-west-1\n', err: '' }],
    [
      'show production/web --json',
      {},
      { status: 0, out: '{\n  "name": "web",\n  "stage": "production",\n  "region": "eu-central-1"\n}\n', err: '' },
    ],
    ['refuse', {}, { status: 1, out: 'it is on hold\n', err: '' }],
    ['--version', {}, { status: 0, out: '1.2.3\n', err: '' }],
    ['change production/web --yes', {}, { status: 0, out: 'changed\n', err: where }],
    ['change production/web', { answer: true }, { status: 0, out: 'changed\n', err: where }],
    ['change production/web', { answer: false }, { status: 1, out: '', err: `${where}Nothing was changed.\n` }],
    ['change production/web', {}, { status: 2, out: '', err: `${where}change changes something, and there is nobody to ask: add --yes\n` }],
  ])('%s (%j)', async (line, around, ends) => {
    expect(await command(line, verbs, around)).toMatchObject(ends);
  });

  it.each<[line: string, around: Around, complaint: string]>([
    ['show production/wbe', {}, 'The configuration names no service production/wbe. Did you mean production/web?'],
    ['show web', {}, 'The configuration names no service web. Did you mean production/web?'],
    ['show constructor', {}, 'The configuration names no service constructor. It names: production/web, production/api'],
    [
      'show --constructor',
      {},
      'show has no flag --constructor. Its flags: --limit, --stage, --region, --sandbox, --json, --yes, --help, --version',
    ],
    [
      'show --sandbox',
      { env: { AWS_ENDPOINT_URL: '127.0.0.1:4711' } },
      'AWS_ENDPOINT_URL is no address: found 127.0.0.1:4711, expected one such as http://127.0.0.1:4566',
    ],
    ['show a/b', {}, 'The configuration names no service a/b. It names: production/web, production/api'],
    ['shwo', {}, 'There is no verb shwo. Did you mean show? The verbs: show, change, refuse'],
    [
      'show',
      { file: withoutImage },
      'custom.autopilot has a fault:\n- services.production/web.image\n    found: nothing\n    allowed: an ECR repository, such as my-web-app',
    ],
    [
      'show --sandbox',
      { env: { AWS_ENDPOINT_URL: 'https://aws.example.com' } },
      '--sandbox means this machine, and AWS_ENDPOINT_URL names aws.example.com: unset the one or leave out the other',
    ],
  ])('%s (%j) ends with status 2, and says it in JSON where that is asked for', async (line, around, complaint) => {
    const people = await command(line, verbs, around);
    expect({ ...people, err: words(people.err) }).toMatchObject({ status: 2, out: '', err: words(complaint) });
    expect(longest(people.err)).toBeLessThanOrEqual(80);
    const { status, out, err } = await command(`${line} --json`, verbs, around);
    expect({ status, err, answer: JSON.parse(out) as object }).toEqual({
      status: 2,
      err: '',
      answer: { error: { status: 2, text: complaint } },
    });
  });

  it('asks who sits at a terminal, by the verb and the service', async () => {
    expect(await command('change production/web', verbs, { answer: true })).toMatchObject({ asked: ['change production/web: go on?'] });
    expect(await command('change production/web --yes', verbs, { answer: true })).toMatchObject({ asked: [] });
  });

  it('speaks to AWS by the credentials of the environment, and to the sandbox by any', async () => {
    expect(await command('show', verbs)).toMatchObject({ at: [{ region: 'eu-central-1' }], tables: ['ecs-autopilot-production'] });
    const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
    const sandbox = { region: 'eu-west-1', endpoint: 'http://127.0.0.1:4566', credentials };
    expect(await command('show --sandbox --stage staging', verbs)).toMatchObject({ at: [sandbox], tables: ['ecs-autopilot-staging'] });
    const env = { AWS_ENDPOINT_URL: 'http://localhost:4577' };
    expect(await command('show --sandbox', verbs, { env })).toMatchObject({ at: [{ ...sandbox, endpoint: 'http://localhost:4577' }] });
  });

  it.each<[what: string, error: unknown, status: number, err: string]>([
    ['a refusal of its own', new CommandError(1, 'It was refused.'), 1, 'It was refused.'],
    [
      'credentials that are missing',
      sdkError('CredentialsProviderError', 'Could not load credentials from any providers'),
      3,
      'No credentials for AWS were found: Could not load credentials from any providers. Log in, or name a profile with AWS_PROFILE.',
    ],
    [
      'credentials that expired',
      wrapped(sdkError('ExpiredTokenException', 'The security token is expired', { $metadata: { httpStatusCode: 400 } })),
      3,
      'AWS does not take these credentials (ExpiredTokenException): The security token is expired',
    ],
    ['a region that is missing', new Error('Region is missing'), 3, 'No region was found: name it with --region.'],
    [
      'a name that is not resolved',
      wrapped(sdkError('Error', 'getaddrinfo ENOTFOUND ecs.eu-central-1.amazonaws.com', { code: 'ENOTFOUND' })),
      3,
      'AWS in eu-central-1 cannot be reached: getaddrinfo ENOTFOUND ecs.eu-central-1.amazonaws.com',
    ],
    [
      'a hanging call',
      wrapped(sdkError('TimeoutError', 'no answer within 5000 ms', { $metadata: {} })),
      3,
      'AWS in eu-central-1 cannot be reached: no answer within 5000 ms',
    ],
    ['a call that AWS denies', new RefusedError('read images of web: denied', 'AccessDeniedException'), 1, 'read images of web: denied'],
    ['a throttled call', new TransientError('read images of web: slow down'), 1, 'read images of web: slow down'],
  ])('tells %s', async (_, error, status, err) => {
    const ended = await command('fail', [failing(error)]);
    expect({ ...ended, err: words(ended.err) }).toMatchObject({ status, err: words(err) });
    expect(longest(ended.err)).toBeLessThanOrEqual(80);
  });

  it('tells that no sandbox runs', async () => {
    const refused = wrapped(sdkError('Error', 'connect ECONNREFUSED 127.0.0.1:4566', { code: 'ECONNREFUSED' }));
    const err = 'No sandbox listens on http://127.0.0.1:4566: start one with npm start, or npm run sandbox.\n';
    const ended = await command('fail --sandbox', [failing(refused)]);
    expect({ ...ended, err: words(ended.err) }).toMatchObject({ status: 3, err: words(err) });
  });

  it('shows where a fault of its own happened', async () => {
    const { status, err } = await command('fail', [failing(new TypeError('x is not a function'))]);
    expect(status).toBe(1);
    expect(err).toContain('TypeError: x is not a function\n    at ');
  });
});

describe('The help', () => {
  it('is made of the declarations, and no line is longer than the page', async () => {
    const { out, status } = await command('--help', verbs);
    expect(status).toBe(0);
    expect(out).toContain('\n  show    show what a service is\n  change  change it\n');
    expect(longest(out)).toBeLessThanOrEqual(80);
  });

  it.each<[verb: string, usage: string, rest: string]>([
    [
      'show',
      'Usage: autopilot show [CLUSTER/SERVICE] [flags]\n\nShow what a service is.\nIt changes nothing.\n',
      '  --limit N      how many there are at most, counted from the newest one on and\n',
    ],
    ['change', 'Usage: autopilot change CLUSTER/SERVICE [flags]\n\nChange it.\n', '  --yes          do not ask before a change\n'],
  ])('of %s', async (name, usage, rest) => {
    const { out } = await command(`${name} --help`, verbs);
    expect(out.startsWith(usage)).toBe(true);
    expect(out).toContain(rest);
    expect(longest(out)).toBeLessThanOrEqual(80);
  });

  it('offers --yes to verbs alone that change something', async () => {
    expect((await command('show --help', verbs)).out).not.toContain('--yes');
  });
});

/** What a text says, however its lines were broken. */
function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

function longest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}

function sdkError(name: string, message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), { name, ...fields });
}

function wrapped(cause: Error): Error {
  return new TransientError(`read images of web: ${cause.name}: ${cause.message}`, { cause });
}
