import { startSandbox } from '../../sandbox/start.ts';
import { targetAt } from './target.ts';
import type { Target } from './target.ts';

const start = new Date('2026-11-20T09:00:00Z');

/** A sandbox of its own, empty, whose clock the cases move. */
export async function startTarget(): Promise<Target & { close: () => Promise<void> }> {
  const sandbox = await startSandbox({ start, uncheckedLayers: true });
  const target = targetAt(sandbox.endpoint, {
    name: 'sandbox',
    subnet: 'subnet-0a4d1c9e7b35f2810',
    passSeconds: (seconds) => sandbox.clock.advance(seconds * 1000),
  });
  return {
    ...target,
    close: async () => {
      target.close();
      await sandbox.close();
    },
  };
}
