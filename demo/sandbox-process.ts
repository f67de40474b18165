import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A command of the project's own, with its output kept; throws with that output when it fails. */
export async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}:\n${output.join('')}`);
}

/** The sandbox as a process of its own, spoken to over HTTP alone. */
export class SandboxProcess {
  readonly endpoint: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, endpoint: string) {
    this.#child = child;
    this.endpoint = endpoint;
  }

  /** Starts it with the packaged service and waits until it listens. What it complains of is the error when it does not. */
  static async start(port: number): Promise<SandboxProcess> {
    const args = ['sandbox/main.ts', '--port', String(port), '--package', '.serverless', '--speed', '0'];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const complaints: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    const listening = once(child.stdout, 'data');
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(complaints.join('').trim() || 'the sandbox ended at once')));
    await Promise.race([listening, ended]);
    ended.catch(() => undefined);
    return new SandboxProcess(child, `http://127.0.0.1:${port}`);
  }

  /** Ends it, within a second and a half. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 1500);
    await exited;
    clearTimeout(late);
  }
}
