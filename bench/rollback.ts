import { inSteps, printSteps } from './chain.ts';
import type { Packaged } from './packaging.ts';
import { type Figure, heading, milliseconds, noBudget, printFigures, progress } from './report.ts';
import { openWorld, push, runOneTask, untilTold, type World } from './world.ts';

const latencyMs = 25;
const callsAllowed = 4;

/** From the last counted failure to the answer of UpdateService that puts the service back. */
export async function measureRollback(packaged: Packaged): Promise<Figure[]> {
  heading(
    'Last counted failure to UpdateService(back)',
    `Warm, ${latencyMs} ms added to each call. One task crashes three times; the third stop condemns. Its floor is that one call alone.`,
  );
  const world = await openWorld(packaged.folder, latencyMs);
  try {
    progress('installs, and waits for the baseline');
    await runOneTask(world);
    await untilTold(world, 'live');
    progress('pushes an image that crashes');
    await push(world, 'crashing', 'crash after=5s exit=1');
    await untilTold(world, 'rolling-back');
    return report(world);
  } finally {
    await world.sandbox.close();
  }
}

function report({ calls, events }: World): Figure[] {
  const ours = calls.filter(({ caller }) => caller === 'judge-stopped-task');
  const back = ours.findLast(({ operation }) => operation === 'UpdateService');
  if (back === undefined) throw new Error('judge-stopped-task did not put the service back');
  const stopped = events.findLast(
    ({ type, detail, atMs }) => type === 'ECS Task State Change' && detail['lastStatus'] === 'STOPPED' && atMs <= back.startedMs,
  );
  const sinceMs = stopped?.atMs ?? 0;
  const steps = inSteps(ours.filter(({ startedMs }) => startedMs >= sinceMs && startedMs <= back.startedMs));
  printSteps(steps, sinceMs);
  const depth = steps.find(({ call }) => call === back)?.step ?? Infinity;
  const figures = [
    { what: 'calls one after the other', measured: String(depth), floor: '1', allowed: String(callsAllowed), holds: depth <= callsAllowed },
    {
      what: 'failure to UpdateService(back)',
      measured: milliseconds(back.endedMs - sinceMs),
      floor: milliseconds(back.endedMs - back.startedMs),
      allowed: noBudget,
      holds: true,
    },
  ];
  printFigures(figures);
  return figures;
}
