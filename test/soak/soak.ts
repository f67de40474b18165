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
  /** Told at the beginning and after each period: how many bytes are in use. */
  measured?: (period: number, bytes: number) => void;
  warn?: (text: string) => void;
}

/** Lets the packaged product run for a long time, with a push for everyone in each period; answers a hash of what is left. */
export async function soak({ folder, seed, periods, periodMs, measured, warn = () => undefined }: SoakOptions): Promise<string> {
  const sandbox = await startSandbox({ package: folder, seed, start: new Date('2026-01-05T00:00:00Z'), warn });
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

/** What a day may add: a record, an image and a revision for each push, what was told of them, and a line of log a minute until the log is full. */
const addedPerPeriod = 250_000;
/** What comes and goes: code that is compiled, connections, the tables of the sandbox as they fill in the first days. */
const swing = 15_000_000;

/** What grew beyond bounds, as a sentence; undefined where nothing did. `measured` is what was in use at the beginning and after each period. */
export function overgrown(measured: readonly number[]): string | undefined {
  const [first = 0, ...later] = measured;
  const most = (period: number): number => first + swing + period * addedPerPeriod;
  const at = later.findIndex((bytes, index) => bytes > most(index + 1));
  if (at < 0) return undefined;
  return `${inMb(later[at] ?? 0)} in use after ${at + 1} periods, where ${inMb(most(at + 1))} are allowed`;
}

function inMb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What the process holds on to, inside and outside of its heap, after the garbage is gone. */
export function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
