import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fixtureFolder } from '../fixtures/package-fixture.ts';
import { played } from '../fixtures/scenario.ts';

const program = resolve(import.meta.dirname, '../../cli/main.ts');
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

interface Ended {
  status: number;
  out: string;
  err: string;
}

/** Runs the real program in a folder, as npx does; it meets AWS where the environment says. */
function autopilot(folder: string, line: string, environment: Record<string, string>): Promise<Ended> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...environment };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...line.split(' ')], { cwd: folder, env }, (error, out, err) =>
      done({ status: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

async function folderOf(fixture: string): Promise<string> {
  const folder = await fixtureFolder(fixture);
  folders.push(folder);
  return folder;
}

/** The same folder after somebody edited serverless.yml. */
async function edited(folder: string, from: string, to: string): Promise<string> {
  const path = join(folder, 'serverless.yml');
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
  return folder;
}

describe('The command line', () => {
  it(
    'plans against the stack in the sandbox, shows what an edit would do before it is deployed, and says what is wrong',
    played(async (here) => {
      await here.loseEventsFor('deploy-image');
      await here.push('api', 'main-2', 'healthy');
      await here.push('api', 'release-1', 'healthy');
      const before = here.calls.length;
      const sandbox = { AWS_ENDPOINT_URL: here.sandbox.endpoint };
      const [installed, changed, faulty] = (await Promise.all(['e2e', 'e2e', 'faulty'].map(folderOf))) as [string, string, string];
      const [asItIs, asEdited, wrong, away] = await Promise.all([
        autopilot(installed, 'plan production/api --sandbox', sandbox),
        edited(changed, "tags: 'main-*'", "tags: 'release-*'").then((folder) =>
          autopilot(folder, 'plan production/api --sandbox --json', sandbox),
        ),
        autopilot(faulty, 'plan production/api --sandbox', sandbox),
        autopilot(installed, 'plan production/api --sandbox', { AWS_ENDPOINT_URL: 'http://127.0.0.1:59999' }),
      ]);
      const deploys = 'Now: deploys main-2, for api:main-2 is new for the service.';
      expect(asItIs).toMatchObject({ status: 0, err: '', out: expect.stringContaining(deploys) });
      expect(asItIs.out).not.toContain('is not the one that is deployed');
      expect(asEdited).toMatchObject({ status: 0, err: '' });
      expect(JSON.parse(asEdited.out)).toMatchObject({
        installation: { installed: true, enrolled: true, current: false },
        repositories: [{ now: { tag: 'release-1', action: 'deploy' } }],
      });
      expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining('did you mean: verify') });
      const noSandbox = 'No sandbox listens on http://127.0.0.1:59999: start one with npm start, or npm';
      expect(away).toMatchObject({ status: 3, err: expect.stringContaining(noSandbox) });
      expect(here.calls.length).toBe(before);
      expect(await here.revision('production/api')).toBe('api:1');
    }),
    120_000, // Four runs of the framework, which other tests may hold up.
  );
});
