import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { type CliAnswer, cliVersion, runCli } from '../fixtures/aws-cli.ts';
import { cliCommands } from '../fixtures/cli-commands.ts';
import { matcherOf, saidFor } from '../fixtures/cli-matching.ts';

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
    expect(saidFor(answer, answers[index])).toMatchObject(matcherOf(answer));
  });
});
