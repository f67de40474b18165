import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { type CliAnswer, cliVersion, runCli } from '../fixtures/aws-cli.ts';
import { cliCommands } from '../fixtures/cli-commands.ts';

const version = cliVersion();
const suite = version === undefined ? describe.skip : describe;
let sandbox: Sandbox;
let answers: CliAnswer[];

suite(version === undefined ? 'The AWS CLI (skipped: `aws` is missing)' : `The AWS CLI (${version}) is answered`, () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z') });
    answers = await runCli(
      sandbox.endpoint,
      cliCommands.map(([command]) => command.split(' ').map((word) => word.replaceAll('\u00a0', ' '))),
    );
  }, 60_000);
  afterAll(() => sandbox.close());

  it.each(cliCommands.map(([command, answer], index) => [command, answer, index] as const))('%s', (_, answer, index) => {
    const { status = -1, out = '', err = '' } = answers[index] ?? {};
    if (answer instanceof RegExp) expect(out + err).toMatch(answer);
    else {
      expect([status, err]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject(matchersOf(answer) as object);
    }
  });
});

/** Patterns in place of texts, as Jest wants them. */
function matchersOf(value: unknown): unknown {
  if (value instanceof RegExp) return expect.stringMatching(value);
  if (Array.isArray(value)) return value.map(matchersOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]): [string, unknown] => [name, matchersOf(entry)]));
}
