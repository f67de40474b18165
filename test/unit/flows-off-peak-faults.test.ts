import { beforeEach, describe, expect, it } from '@jest/globals';
import { Crash, type Fault, Recording } from '../fakes/recording.ts';
import { service } from '../fakes/flow-world.ts';
import { NightWorld, target } from '../fakes/night-world.ts';

let world: NightWorld;
beforeEach(async () => {
  world = await NightWorld.ofOne();
});

const faults: Fault[] = (['throttle', 'time-out', 'crash'] as const).flatMap((kind) => [
  { kind, moment: 'before' },
  { kind, moment: 'after' },
]);
const places = ['scaling.target', 'scaling.bound', 'scaling.scale', 'heads.change', 'topic.publish'];

describe('an act that AWS throttles', () => {
  it('gives the service free at once, and is done again a minute later', async () => {
    let throttled = false;
    world.recording = new Recording(({ method }) => {
      if (method !== 'scale' || throttled) return undefined;
      throttled = true;
      return { kind: 'throttle', moment: 'before' };
    });
    await world.at('20:00');
    expect(world.head()).not.toHaveProperty('acting');
    expect(world.head().sleep).toMatchObject({ state: 'falling-asleep', saved: { desired: 2 } });
    await world.ticks(1);
    expect(world.counts()).toBe('0 of 0');
  });
});

describe('a waking whose record is lost', () => {
  beforeEach(async () => {
    world.scaling.targets.set(service, target);
    await world.at('20:00');
    world.recording = new Recording(({ method }) => (method === 'scale' ? { kind: 'crash', moment: 'after' } : undefined));
    await world.at('07:00', 1, 1);
    world.recording = new Recording(() => undefined);
  });

  it('is not done again over what the service was scaled to since', async () => {
    expect(world.head().sleep).toMatchObject({ state: 'waking', wokenFrom: 0, wokenTo: 2 });
    world.services.services.set(service, { ...world.services.services.get(service)!, desiredCount: 5, runningCount: 5 });
    await world.ticks(4);
    expect(world.counts()).toBe('5 of 5');
    expect(world.head()).not.toHaveProperty('sleep');
    expect(world.scaling.changes.filter((change) => change.startsWith('scale'))).toHaveLength(2);
  });

  it('is told once', async () => {
    await world.ticks(4);
    expect(world.toldOfSleep()).toEqual(['asleep', 'awake']);
  });
});

describe('falling asleep and waking end whole', () => {
  it.each(faults.flatMap((fault) => places.flatMap((place) => [1, 2, 3].map((nth) => [fault.kind, fault.moment, place, nth] as const))))(
    'after a %s %s %s, the %dth of a night',
    async (kind, moment, place, nth) => {
      world.scaling.targets.set(service, target);
      let seen = 0;
      world.recording = new Recording(({ port, method }) =>
        `${port}.${method}` === place && (seen += 1) === nth ? { kind, moment } : undefined,
      );
      const survive = async (time: string, days: number) => {
        world.now = new Date(`2026-11-${23 + days}T${time}:00.000Z`);
        for (let minute = 0; minute < 8; minute += 1) {
          await world.tick().catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
          world.recording.revive();
          world.advance(60_000);
        }
      };
      await survive('20:00', 0);
      expect(world.counts()).toBe('0 of 0');
      expect(world.head().sleep).toMatchObject({ saved: { desired: 2, target } });
      await survive('07:00', 1);
      expect(world.counts()).toBe('2 of 2');
      expect(world.scaling.targets.get(service)).toEqual(target);
      expect(world.head()).not.toHaveProperty('sleep');
    },
  );
});
