import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Packaged, root } from './packaging.ts';
import { type Figure, heading, milliseconds, noBudget, printFigures } from './report.ts';

const starts = 5;
const startAllowedMs = 1000;
const dayAllowedSeconds = 60;

interface Day {
  services: number;
  tasks: number;
  events: number;
  seconds: number;
  processorSeconds: number;
  peakMb: number;
}

/** How soon the sandbox is up with the product in it, and how long a day of ten thousand services takes its model of ECS. */
export async function measureSandbox({ folder }: Packaged): Promise<Figure[]> {
  heading(
    'The sandbox',
    `From the start of its process with a package to its first line, the best of ${starts}; and a simulated day of ECS without sockets, in a process of its own: each service is
deployed once, one image in twenty cannot be pulled and is taken back.`,
  );
  const startsMs: number[] = [];
  for (let start = 0; start < starts; start += 1) startsMs.push(await startOf(folder));
  const startMs = Math.min(...startsMs); // Whatever else runs here makes a start slower, never faster.
  const day = await aDay();
  const figures = [
    {
      what: 'up with a package',
      measured: milliseconds(startMs),
      floor: noBudget,
      allowed: milliseconds(startAllowedMs),
      holds: startMs < startAllowedMs,
    },
    {
      what: `a day of ${day.services} services, ${day.tasks} tasks, ${day.events} events`,
      measured: `${day.seconds.toFixed(1)} s`,
      floor: `${day.processorSeconds.toFixed(1)} s of processor`,
      allowed: `${dayAllowedSeconds} s`,
      holds: day.seconds < dayAllowedSeconds,
    },
    { what: 'its memory at most', measured: `${day.peakMb} MB`, floor: noBudget, allowed: noBudget, holds: true },
  ];
  printFigures(figures);
  return figures;
}

async function startOf(folder: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, 'sandbox/main.ts'), '--package', folder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  const startedMs = performance.now() - begun;
  child.kill();
  await ended;
  return startedMs;
}

async function aDay(): Promise<Day> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'bench/ecs-day.ts')]);
  return JSON.parse(stdout) as Day;
}
