import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startSandbox } from '../../sandbox/start.ts';
import { push, repositoriesOf } from './fleet.ts';
import { stateOf } from './state.ts';

export interface SoakOptions {
  /** Folder of the packaged service. */
  folder: string;
  seed: string;
  periods: number;
  /** How long a period is: in each, every repository gets a new image, one after the other. */
  periodMs: number;
  /** Whether functions run side by side, as in AWS: then who wins a race is chance. */
  sideBySide?: boolean;
  /** Told at the beginning and after each period: how many bytes are in use. */
  measured?: (period: number, bytes: number) => void;
  warn?: (text: string) => void;
}

/** Lets the packaged product run for a long time, with a push for everyone in each period; answers a hash of what is left. */
export async function soak({
  folder,
  seed,
  periods,
  periodMs,
  sideBySide = false,
  measured,
  warn = () => undefined,
}: SoakOptions): Promise<string> {
  const sandbox = await startSandbox({ package: folder, seed, serial: !sideBySide, start: new Date('2026-01-05T00:00:00Z'), warn });
  try {
    const repositories = repositoriesOf(folder);
    measured?.(0, bytesInUse());
    for (let period = 1; period <= periods; period++) {
      for (const repository of repositories) {
        await push(sandbox, repository, period);
        await sandbox.clock.advance(periodMs / repositories.length);
      }
      measured?.(period, bytesInUse());
    }
    return await stateOf(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** What the process holds on to, inside and outside of its heap, after the garbage is gone. */
export function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
