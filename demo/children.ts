import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const root = join(import.meta.dirname, '..');
const lateMs = 1200;

export type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * The processes that are started on the way, each in a group of its own: Ctrl-C in a terminal reaches them through us alone, and ending
 * one ends whatever it started itself.
 */
export class Children {
  readonly #running = new Set<Child>();
  #ended = false;

  start(command: string, args: string[]): Child {
    if (this.#ended) throw new Error(`${command} is not started any more: everything is being ended`);
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    child.once('error', () => this.#running.delete(child));
    return child;
  }

  /** Ends all that still run, and waits until they are gone; what does not end by itself is killed. */
  async endAll(): Promise<void> {
    this.#ended = true;
    const running = [...this.#running];
    const gone = Promise.all(running.map((child) => once(child, 'exit')));
    for (const child of running) signal(child, 'SIGTERM');
    const late = setTimeout(() => {
      for (const child of running) signal(child, 'SIGKILL');
    }, lateMs);
    await gone;
    clearTimeout(late);
    for (const child of running) signal(child, 'SIGKILL'); // What a child that ended at once left of its group.
  }
}

function signal({ pid }: Child, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // The group is gone already.
  }
}
