import { type Packaged, seedOneService } from './packaging.ts';
import { type Figure, heading, printTable, progress } from './report.ts';
import { tableOf, writeRows, writtenByProduct, type Written } from './rows.ts';
import type { CallRecord } from '../sandbox/call-record.ts';
import { openWorld, push, runOneTask, subject, type World } from './world.ts';

const history = 100_000;
const minuteMs = 60_000;
const minutesMax = 30;
const secondsMax = 300;

/** The product, packaged for so many services. */
export interface Fleet {
  packaged: Packaged;
  services: number;
}

interface Size extends Fleet {
  history: number;
}

/** Reads and writes of the table, by event. */
type Traffic = Record<string, string>;

/** Counts what each event reads and writes in the table, with few and many services, with and without a history. */
export async function measureTableTraffic(few: Fleet, many: Fleet): Promise<Figure[]> {
  heading(
    'Table reads and writes per event',
    `The same events in four tables: ${few.services} and ${many.services} enrolled services, without and with ${history} items of history.`,
  );
  await Promise.all([few, many].map(({ packaged }) => seedOneService(packaged.folder)));
  progress('enrols once, to have the rows that the product writes');
  const written = await writtenByProduct(few.packaged.folder);
  const sizes: Size[] = [few, many].flatMap((fleet) => [0, history].map((items) => ({ ...fleet, history: items })));
  const found: Traffic[] = [];
  for (const size of sizes) found.push(await measure(written, size));
  return report(sizes, found);
}

function report(sizes: Size[], found: Traffic[]): Figure[] {
  const [least = {}] = found;
  const rows = Object.keys(least).map((event) => [event, ...found.map((traffic) => traffic[event] ?? 'none')]);
  printTable(['', ...sizes.map(({ services, history: items }) => `${services} services, ${items} items`)], rows);
  return rows.map(([event = '', floor = '', ...others]) => ({
    what: `${event}: the same whatever the size`,
    measured: others.at(-1) ?? '',
    floor,
    allowed: floor,
    holds: others.every((traffic) => traffic === floor),
  }));
}

async function measure(written: Written, { packaged, services, history: items }: Size): Promise<Traffic> {
  progress(`${services} services, ${items} items of history`);
  const world = await openWorld(packaged.folder, 0);
  try {
    await runOneTask(world);
    await writeRows(world, tableOf(written, packaged.hash, services, items));
    await world.sandbox.clock.advance(10 * minuteMs);
    return await events(world);
  } finally {
    await world.sandbox.close();
  }
}

async function events(world: World): Promise<Traffic> {
  const { clock } = world.sandbox;
  const traffic: Traffic = {};
  forget(world);
  await push(world, 'good', 'healthy');
  await clock.settle();
  traffic['deploy-image, a push that is deployed'] = trafficOf(world, 'deploy-image');
  await untilEvent(world, (detail) => detail['eventName'] === 'SERVICE_DEPLOYMENT_COMPLETED');
  traffic['follow-rollout, a rollout that completed'] = trafficOf(world, 'follow-rollout');
  traffic['tick, one due head (the end of a bake)'] = await tickWith(world, 1);
  traffic['tick, idle'] = await tickWith(world, 0);
  traffic['tick, beside that a look at a repository, without the heads of its services'] = lookOf(world);
  await push(world, 'crashing', 'crash after=5s exit=1');
  await untilEvent(world, ({ lastStatus, stopCode }) => lastStatus === 'STOPPED' && stopCode === 'EssentialContainerExited');
  traffic['judge-stopped-task, a stop that counts'] = trafficOf(world, 'judge-stopped-task');
  return traffic;
}

/** Lets seconds pass until such an event was put on the bus; what is kept are the calls of that second. */
async function untilEvent(world: World, wanted: (detail: Record<string, unknown>) => boolean): Promise<void> {
  for (let second = 0; second < secondsMax; second += 1) {
    forget(world);
    await world.sandbox.clock.advance(1000);
    if (world.events.some(({ detail }) => wanted(detail))) return;
  }
  throw new Error('an event that was waited for did not come');
}

/** Lets minutes pass until a tick had so many heads to attend to, and nothing else beside the repositories whose turn it was. */
async function tickWith(world: World, heads: number): Promise<string> {
  for (let minute = 0; minute < minutesMax; minute += 1) {
    forget(world);
    await world.sandbox.clock.advance(minuteMs);
    const ticks = world.logs.filter(({ fields }) => fields['message'] === 'tick').map(({ fields }) => fields);
    if (ticks.length === 1 && ticks[0]?.['due'] === heads && ticks[0]['attended'] === heads && !looksAtSubject(world))
      return trafficOf(world, 'tick');
  }
  throw new Error(`no tick had ${heads} heads to attend to`);
}

function forget({ calls, events: seen, logs }: World): void {
  for (const list of [calls, seen, logs]) list.length = 0;
}

function trafficOf(world: World, name: string): string {
  return counted(tableCalls(world, name).filter((call) => !isLook(call)));
}

// Looks at repositories follow the pace that is configured: one of them is a figure of its own.
function lookOf(world: World): string {
  const looks = tableCalls(world, 'tick').filter(isLook);
  return counted(looks.filter(({ input }) => keyOf(input) === keyOf(looks[0]?.input)));
}

// To that alone belongs a service here, whose head a look reads.
function looksAtSubject(world: World): boolean {
  return tableCalls(world, 'tick').some(({ input }) => keyOf(input) === `repository#${subject.name}`);
}

function tableCalls({ calls }: World, name: string): CallRecord[] {
  return calls.filter(({ caller, service }) => caller === name && service === 'dynamodb');
}

function isLook({ input }: CallRecord): boolean {
  return keyOf(input).startsWith('repository#');
}

function keyOf(input: unknown): string {
  return (input as { Key?: { pk?: { S?: string } } }).Key?.pk?.S ?? '';
}

function counted(calls: CallRecord[]): string {
  const reads = calls.filter(({ operation }) => /^(Get|BatchGet|Query|Scan)/.test(operation)).length;
  return `${reads} reads, ${calls.length - reads} writes`;
}
