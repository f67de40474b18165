import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Child, Children } from './children.ts';

/** Runs a command of the project's own; throws with what it said when it fails. */
export async function run(children: Children, command: string, args: string[]): Promise<void> {
  const child = children.start(command, args);
  const output = heard(child);
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}:\n${output.join('')}`);
}

/**
 * Starts the sandbox as a process of its own, with the packaged service, and waits until it listens; answers its endpoint. What it warns of from
 * then on is handed to `warn`, line by line: a call that a role does not allow, say.
 */
export async function startSandbox(children: Children, port: number, warn: (line: string) => void): Promise<string> {
  const settings = ['--port', String(port), '--package', '.serverless', '--speed', '0', '--start', workingDay(new Date()).toISOString()];
  const child = children.start(process.execPath, ['sandbox/main.ts', ...settings]);
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const ended = once(child, 'exit').then(() => {
    throw new Error(complaints.join('').trim() || 'the sandbox ended at once');
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  child.stderr.removeAllListeners('data');
  createInterface({ input: child.stderr }).on('line', warn);
  return `http://127.0.0.1:${port}`;
}

const dayMs = 86_400_000;
const tuesday = 2;

/** The afternoon of the last Tuesday: at night and at weekends what may sleep would sleep through the story. */
export function workingDay(now: Date): Date {
  const days = (now.getUTCDay() - tuesday + 7) % 7 || 7;
  const day = new Date(now.getTime() - days * dayMs);
  return new Date(`${day.toISOString().slice(0, 10)}T14:00:00.000Z`);
}

function heard({ stdout, stderr }: Child): string[] {
  const output: string[] = [];
  for (const stream of [stdout, stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return output;
}
