import { describe, expect, it } from '@jest/globals';
import { parse } from '../../cli/parse.ts';
import { verb } from '../../cli/verb.ts';

const nothing = async () => ({ lines: [], data: {} });
const show = verb({
  name: 'show',
  summary: 'show a service',
  service: 'required',
  flags: { limit: { type: 'string', value: 'N', summary: 'how many' }, all: { type: 'boolean', summary: 'everything' } },
  changes: false,
  run: nothing,
});
const lift = verb({
  name: 'lift',
  summary: 'lift a quarantine',
  service: 'none',
  words: [
    { name: 'DIGEST', summary: 'which' },
    { name: 'WHY', summary: 'why', optional: true },
  ],
  flags: {},
  changes: true,
  run: nothing,
});
const list = verb({ name: 'list', summary: 'list services', service: 'optional', flags: {}, changes: false, run: nothing });
const verbs = [show, lift, list];
const parsed = (line: string) => parse(line.split(' ').filter(Boolean), verbs);

describe('A command line', () => {
  it.each<[line: string, asks: object]>([
    ['show a/b', { kind: 'run', verb: show, service: 'a/b', words: {}, flags: {} }],
    ['show a/b --limit 5 --all', { service: 'a/b', flags: { limit: '5', all: true } }],
    ['--sandbox --limit=5 show a/b', { service: 'a/b', flags: { limit: '5', sandbox: true } }],
    ['--stage staging show a/b --json', { service: 'a/b', flags: { stage: 'staging', json: true } }],
    ['list', { kind: 'run', verb: list }],
    ['list a/b', { kind: 'run', verb: list, service: 'a/b' }],
    ['lift sha256:1', { kind: 'run', verb: lift, words: { DIGEST: 'sha256:1' } }],
    ['lift sha256:1 mended --yes', { words: { DIGEST: 'sha256:1', WHY: 'mended' }, flags: { yes: true } }],
    ['--help', { kind: 'help' }],
    ['help', { kind: 'help' }],
    ['help show', { kind: 'help', verb: show }],
    ['show --help', { kind: 'help', verb: show }],
    ['show -h', { kind: 'help', verb: show }],
    ['--version', { kind: 'version' }],
    ['show --version', { kind: 'version' }],
  ])('%s', (line, asks) => {
    expect(parsed(line)).toMatchObject(asks);
  });

  it.each<[line: string, complaint: string]>([
    ['', 'Which verb? One of: show, lift, list. `autopilot --help` tells what each does.'],
    ['shwo a/b', 'There is no verb shwo. Did you mean show? The verbs: show, lift, list'],
    ['deploy a/b', 'There is no verb deploy. The verbs: show, lift, list'],
    ['help shwo', 'There is no verb shwo. Did you mean show? The verbs: show, lift, list'],
    ['show', 'show needs a service: autopilot show CLUSTER/SERVICE'],
    ['show a/b c', 'show takes no further word; found c'],
    ['lift', 'lift needs DIGEST: see autopilot lift --help'],
    ['lift sha256:1 mended now', 'lift takes no further word; found now'],
    [
      'show a/b --limti 5',
      'show has no flag --limti. Did you mean --limit? Its flags: --limit, --all, --stage, --region, --sandbox, --json, --yes, --help, --version',
    ],
    ['lift sha256:1 --limit 5', 'lift has no flag --limit. Its flags: --stage, --region, --sandbox, --json, --yes, --help, --version'],
    ['show a/b --limit', '--limit needs a value: --limit N'],
    ['show a/b --limit=', '--limit needs a value: --limit N'],
    ['show a/b --all=no', '--all takes no value; found no'],
  ])('%s is refused: %s', (line, complaint) => {
    expect(() => parsed(line)).toThrow(expect.objectContaining({ status: 2, message: complaint }));
  });
});
