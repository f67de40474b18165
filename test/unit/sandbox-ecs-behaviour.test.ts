import { afterEach, describe, expect, it } from '@jest/globals';
import type { EcsBehaviour } from '../../sandbox/ecs.ts';
import { startSandbox, type Sandbox } from '../../sandbox/start.ts';

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

/** How many revisions of 21 a sandbox with this behaviour takes at once. */
async function registered(ecs: EcsBehaviour): Promise<number> {
  sandbox = await startSandbox({ ecs });
  const input = { family: 'web', containerDefinitions: [{ name: 'app', image: 'nginx', memory: 128 }] };
  let count = 0;
  for (let i = 0; i < 21; i++)
    await sandbox.call('ecs', 'RegisterTaskDefinition', input).then(
      () => count++,
      () => undefined,
    );
  return count;
}

describe('A sandbox whose ECS is told how to behave', () => {
  it('throttles calls where it is told to, from the twenty-first on', async () => {
    expect(await registered({ throttling: true })).toBe(20);
  });

  it('does not unless it is told to', async () => {
    expect(await registered({})).toBe(21);
  });
});
