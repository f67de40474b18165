import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { packaged } from '../fixtures/packaged.ts';

const root = resolve(import.meta.dirname, '../..');
const needed = ['demo', 'sandbox', 'functions', 'lib', 'plugin', 'package.json', 'serverless.yml', 'config.schema.json'];
const storyMs = 60_000;

/** `npm start` in a copy of the project, in a process group of its own, as a terminal starts it. */
class Start {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'ecs-autopilot-start-')));
  output = '';
  readonly #npm: ChildProcess;
  readonly #exit: Promise<[number | null]>;

  /** Where a package is given, nothing is packaged: what comes after that is what a test is about. */
  constructor(args: string[], packageFolder?: string) {
    for (const name of needed) cpSync(join(root, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    if (packageFolder !== undefined) this.#put(packageFolder);
    this.#npm = spawn('npm', ['start', '--', ...args], { cwd: this.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exit = once(this.#npm, 'exit') as Promise<[number | null]>;
    for (const stream of [this.#npm.stdout, this.#npm.stderr]) stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  #put(folder: string): void {
    cpSync(folder, join(this.folder, '.serverless'), { recursive: true });
    const file = join(this.folder, 'package.json');
    const { scripts, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { scripts: Record<string, string> };
    writeFileSync(file, JSON.stringify({ ...rest, scripts: { ...scripts, package: 'true' } }));
  }

  /** Waits until it has said something. */
  async says(text: string): Promise<void> {
    while (!this.output.includes(text))
      if ((await Promise.race([once(this.#npm.stdout as NodeJS.EventEmitter, 'data'), this.#exit.then(() => 'ended')])) === 'ended')
        throw new Error(`It ended before it said ${text}:\n${this.output}`);
  }

  async status(): Promise<number | null> {
    return (await this.#exit)[0];
  }

  /** What a Ctrl-C in the terminal sends, or somebody who knows npm's process alone; answers how long the end took. */
  async interrupt(whom: 'the group' | 'npm alone'): Promise<{ status: number | null; tookMs: number }> {
    const began = performance.now();
    const pid = this.#npm.pid ?? 0;
    process.kill(whom === 'the group' ? -pid : pid, 'SIGINT');
    const status = await this.status();
    return { status, tookMs: performance.now() - began };
  }

  /** The processes that work in its folder. */
  left(): string[] {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && cwdOf(name).startsWith(this.folder));
  }

  remove(): void {
    for (const pid of this.left()) process.kill(Number(pid), 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function cwdOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return ''; // It ended meanwhile, or is somebody else's.
  }
}

async function listening(port = 0): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function freePort(): Promise<number> {
  const server = await listening();
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

let start: Start | undefined;
afterEach(() => start?.remove());

describe('npm start', () => {
  it(
    'tells the story, and with --once ends with status 0 within a minute',
    async () => {
      start = new Start(['--once', '--port', String(await freePort())]);
      expect(await start.status()).toBe(0);
      expect(start.output.match(/✓/g)).toHaveLength(9);
      expect(start.output).not.toContain('✗');
      expect(start.left()).toEqual([]);
    },
    storyMs,
  );

  it.each<[when: string, said: string, whom: 'the group' | 'npm alone']>([
    ['while it packages', 'Packaging', 'the group'],
    ['while it packages', 'Packaging', 'npm alone'],
    ['during the story', 'The product is installed', 'the group'],
    ['while it stays', 'In another terminal', 'npm alone'],
  ])(
    '%s (after "%s") ends on SIGINT to %s: within 2 s, status 130, the port free, nothing left',
    async (_when, said, whom) => {
      const port = await freePort();
      start = new Start(['--port', String(port)], said === 'Packaging' ? undefined : await packaged('one'));
      await start.says(said);
      const { status, tookMs } = await start.interrupt(whom);
      expect({ status, left: start.left() }).toEqual({ status: 130, left: [] });
      expect(tookMs).toBeLessThan(2000);
      (await listening(port)).close();
    },
    storyMs,
  );

  it('says that a port is taken, and which to choose', async () => {
    const taken = await listening();
    const { port } = taken.address() as AddressInfo;
    start = new Start(['--port', String(port)]);
    expect(await start.status()).toBe(1);
    expect(start.output).toContain(`Port ${port} is taken. End what listens there, or choose another: npm start -- --port ${port + 1}`);
    expect(start.output).not.toContain('Packaging');
    taken.close();
  });
});
