import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Installation } from '../fixtures/installation.ts';
import { packageFixture } from '../fixtures/package-fixture.ts';
import { played } from '../fixtures/scenario.ts';

const sample = join(import.meta.dirname, '../../events/ecr-push-tagged.json');

/** Runs `serverless invoke local` against the sandbox; answers what the function logged. */
async function invokeLocal({ sandbox }: Installation, name: string, eventFile: string): Promise<string> {
  const environment = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'eu-west-1',
  };
  const invoked = await packageFixture('e2e', ['invoke', 'local', '-f', name, '-p', eventFile], environment);
  await invoked.remove();
  expect(invoked).toMatchObject({ exitCode: 0 });
  return invoked.output;
}

describe('serverless invoke local', () => {
  it(
    'runs a function against the stack in the sandbox: the sample event is skipped, one that a service takes is deployed',
    played(async (here) => {
      await here.loseEventsFor('deploy-image');
      const digest = await here.push('web', 'latest', 'healthy');
      expect(await invokeLocal(here, 'deploy-image', sample)).toContain("code: 'not-accepted'");
      const folder = mkdtempSync(join(tmpdir(), 'ecs-autopilot-event-'));
      const event = (await readFile(sample, 'utf8'))
        .replace('my-web-app', 'web')
        .replace('v1.42.0', 'latest')
        .replace(/sha256:[0-9a-f]+/, digest);
      writeFileSync(join(folder, 'push.json'), event);
      await invokeLocal(here, 'deploy-image', join(folder, 'push.json'));
      rmSync(folder, { recursive: true });
      await here.minutes(1); // Until ECS shows it.
      expect(await here.images(await here.revision('production/web'))).toEqual([`web@${digest}`]);
    }),
  );
});
