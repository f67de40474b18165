import { describe, expect, it } from '@jest/globals';
import type { FaultScenario } from '../fakes/fault-scenario.ts';
import { faultScenarios } from '../fakes/fault-scenarios.ts';
import { repository, type FlowWorld } from '../fakes/flow-world.ts';
import { failingNth, Recording, type Fault } from '../fakes/recording.ts';

// For each call of each flow: a throttle, a time-out and a crash there, before or after its effect, end in the same record as no fault.
const faults: Fault[] = [
  { kind: 'throttle', moment: 'before' },
  { kind: 'time-out', moment: 'after' },
  { kind: 'crash', moment: 'before' },
  { kind: 'crash', moment: 'after' },
];

/** Past the time for which a claim stands, a bake, and the rest of a repository. */
const ticksUntilQuiet = 20;

interface Run {
  calls: string[];
  final: unknown;
  /** Ids of messages, those of deployments by what they run. */
  told: string[];
  updates: string[][];
}

async function run(scenario: FaultScenario, fault?: { nth: number } & Fault): Promise<Run> {
  const world = await scenario.prepare();
  const toldBefore = world.topic.told.length;
  const updatesBefore = world.services.updates.length;
  world.recording = new Recording(fault === undefined ? undefined : failingNth(fault.nth, fault));
  await attempt(world, scenario);
  const calls = world.recording.names();
  world.recording = new Recording();
  for (let tick = 0; tick < ticksUntilQuiet; tick += 1) {
    world.advance(60_000);
    if (fault !== undefined && tick < 2 && !scenario.name.startsWith('the tick')) await scenario.wake(world); // As Lambda tries again.
    await world.tick();
    await scenario.afterwards?.(world);
  }
  const names = namesOf(world);
  return {
    calls,
    final: finalOf(world, names),
    told: [...new Set(world.topic.told.slice(toldBefore).map(({ id }) => named(id, names)))].toSorted(),
    updates: world.services.updates.slice(updatesBefore).map(({ taskDefinition }) => [taskDefinition, imageOf(world, taskDefinition)]),
  };
}

async function attempt(world: FlowWorld, scenario: FaultScenario): Promise<void> {
  try {
    await scenario.wake(world);
  } catch (error) {
    if (!world.recording.crashed && !String(error).includes('effect of call')) throw error;
  }
}

/** Deployments by their origin and what they run, for their ids hold the instant of the claim. */
function namesOf(world: FlowWorld): Map<string, string> {
  return new Map(world.history().map(({ id, images }) => [id, `deployment of ${images[repository]?.digest.charAt(7)}`]));
}

function named(text: string, names: Map<string, string>): string {
  const known = [...names].reduce((replaced, [id, name]) => replaced.replaceAll(id, name), text);
  return known.replaceAll(/#\d{4}-.*$/g, '');
}

function imageOf(world: FlowWorld, taskDefinition: string): string {
  return world.taskDefinitions.revisions.get(taskDefinition)?.containers[0]?.image ?? '';
}

/** The record, but for when it came about, how often the head was written, and the numbers of revisions and rollouts. */
function finalOf(world: FlowWorld, names: Map<string, string>): unknown {
  const head = world.head();
  const record = {
    runs: imageOf(world, world.running()),
    head: { ...head, version: 0, dueAt: '', updatedServiceAt: '', enrolledAt: '', failures: head.failures.length },
    history: world.history(),
    quarantine: [...world.table.quarantine.values()],
    repository: world.table.repositories.get(repository)?.found,
    enrolled: world.table.enrolled.value,
  };
  // What is found beside the way back is found once, or not at all.
  const text = named(
    JSON.stringify(record, (key, value: unknown) => (key === 'evidence' ? undefined : value)),
    names,
  )
    .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"instant"')
    .replaceAll(/(web|ecs-svc)[:/]\d+/g, '$1:n')
    .replaceAll(/"origin":"(push|reconciliation)"/g, '"origin":"ours"');
  return JSON.parse(text);
}

describe.each(faultScenarios)('$name', (scenario) => {
  it('ends in the same record after a fault of any call', async () => {
    const clean = await run(scenario);
    expect(clean.calls.length).toBeGreaterThan(3);
    expect(clean.told.length).toBeGreaterThan(0);
    expect(clean.final).toMatchObject({ head: { owed: [] } });
    for (const [index, call] of clean.calls.entries()) {
      for (const fault of faults) {
        const faulted = await run(scenario, { nth: index + 1, ...fault });
        const where = `${fault.kind} ${fault.moment} call ${index + 1}, ${call}`;
        expect({ where, final: faulted.final }).toEqual({ where, final: clean.final });
        expect({ where, told: faulted.told }).toEqual({ where, told: expect.arrayContaining(clean.told) });
        expect({ where, images: [...new Set(faulted.updates.map(([, image]) => image))] }).toEqual({
          where,
          images: [...new Set(clean.updates.map(([, image]) => image))],
        });
        expect({ where, revisions: new Set(faulted.updates.map(([revision]) => revision)).size }).toEqual({
          where,
          revisions: new Set(clean.updates.map(([revision]) => revision)).size,
        });
      }
    }
  });
});
