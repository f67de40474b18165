import { startBare } from './bare.ts';
import { inSteps, printSteps, type Placed } from './chain.ts';
import type { Packaged } from './packaging.ts';
import { type Figure, heading, median, milliseconds, printFigures, progress } from './report.ts';
import { openWorld, push, untilTold, type World } from './world.ts';

const latencyMs = 25;
const runs = 5;
const callsAllowed = 5;
const timesAllowed = 1.3;

interface Measured {
  tookMs: number;
  sinceMs: number;
  steps: Placed[];
}

/** Pushes images until UpdateService is answered, warm, beside a script that makes only the four calls to ECS. */
export async function measurePush(packaged: Packaged): Promise<Figure[]> {
  heading(
    'Push to UpdateService',
    `Warm, ${latencyMs} ms added to each call. From the registry's event to the answer of UpdateService, the sandbox's delivery included; beside it a
bare script with the same client settings that makes only the four calls to ECS. ${runs} runs each, alternating; medians.`,
  );
  const world = await openWorld(packaged.folder, latencyMs);
  try {
    progress('installs, and waits for the baseline');
    await untilTold(world, 'live');
    await pushOnce(world, 'warm');
    const bare = await startBare(world);
    const [ours, floors]: [Measured[], number[]] = [[], []];
    for (let run = 1; run <= runs; run += 1) {
      progress(`push ${run} of ${runs}`);
      floors.push(await bare.push(`1.${run}`));
      await world.sandbox.clock.settle();
      ours.push(await pushOnce(world, `1.${run}`));
    }
    await bare.close();
    return report(ours, floors);
  } finally {
    await world.sandbox.close();
  }
}

function report(ours: Measured[], floors: number[]): Figure[] {
  const [took, floor] = [median(ours.map(({ tookMs }) => tookMs)), median(floors)];
  const typical = ours.toSorted((a, b) => a.tookMs - b.tookMs)[Math.floor(ours.length / 2)];
  const deepest = Math.max(...ours.map(({ steps }) => steps.at(-1)?.step ?? Infinity));
  printSteps(typical?.steps ?? [], typical?.sinceMs ?? 0);
  const figures = [
    {
      what: 'calls one after the other',
      measured: String(deepest),
      floor: '4',
      allowed: String(callsAllowed),
      holds: deepest <= callsAllowed,
    },
    {
      what: `push to UpdateService, ${(took / floor).toFixed(2)} times its floor`,
      measured: milliseconds(took),
      floor: milliseconds(floor),
      allowed: milliseconds(floor * timesAllowed),
      holds: took <= floor * timesAllowed,
    },
  ];
  printFigures(figures);
  return figures;
}

/** Pushes one image and answers what it took; ends when the deployment is live, so that the next does not meet it. */
async function pushOnce(world: World, version: string): Promise<Measured> {
  world.calls.length = 0;
  world.events.length = 0;
  await push(world, version, 'healthy');
  await world.sandbox.clock.settle();
  const sinceMs = world.events.find(({ type }) => type === 'ECR Image Action')?.atMs ?? 0;
  const calls = world.calls.filter(({ caller }) => caller === 'deploy-image');
  const last = calls.find(({ operation }) => operation === 'UpdateService');
  if (last === undefined) throw new Error(`version ${version} was not deployed`);
  const steps = inSteps(calls.filter(({ startedMs }) => startedMs <= last.startedMs));
  await untilTold(world, 'live');
  return { tookMs: last.endedMs - sinceMs, sinceMs, steps };
}
