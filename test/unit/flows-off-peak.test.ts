import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import type { ScalableTarget } from '../../lib/domain/sleep.ts';
import { TransientError } from '../../lib/errors.ts';
import { attendOffPeak } from '../../lib/flows/off-peak.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';
import { Crash, type Fault, Recording } from '../fakes/recording.ts';
import { aSchedule } from '../fixtures/schedules.ts';

const nights = aSchedule({ timezone: 'UTC', awake: ['Mon-Sun 07:00-20:00'] });
const target: ScalableTarget = { min: 2, max: 8, suspended: { in: false, out: false, scheduled: true } };
const offPeak = { schedule: 'office-hours', after: [] };
const configured = (...policies: Partial<ServicePolicy>[]) => ({
  ...aConfiguration(policies.map((policy) => aPolicy({ offPeak, ...policy }))),
  schedules: { 'office-hours': nights },
});

let world: FlowWorld;

/** Jumps to an hour of 2026-11-23 (or so many days later) and ticks as often. */
async function at(time: string, ticks = 1, days = 0): Promise<void> {
  world.now = new Date(`2026-11-${23 + days}T${time}:00.000Z`);
  await world.tick();
  await world.ticks(ticks - 1);
}

const counts = (key = service): string => {
  const { desiredCount, runningCount } = world.services.services.get(key) ?? {};
  return `${runningCount} of ${desiredCount}`;
};
const sleepy = ['asleep', 'awake', 'woken-late', 'sleep-postponed', 'scaled-up', 'cannot-sleep', 'trouble', 'let-go'];
const told = (): string[] => world.told().filter((state) => sleepy.includes(state));

beforeEach(async () => {
  world = new FlowWorld(configured({}));
  await world.verifiedBaseline();
});

describe('a service with a schedule', () => {
  it('sleeps at its hour and wakes as it was', async () => {
    world.scaling.targets.set(service, target);
    await at('19:59', 1);
    expect(counts()).toBe('2 of 2');
    await at('20:00', 3);
    expect(counts()).toBe('0 of 0');
    expect(world.scaling.targets.get(service)).toEqual({ min: 0, max: 8, suspended: { in: false, out: true, scheduled: true } });
    expect(world.head().sleep).toMatchObject({ state: 'asleep', saved: { desired: 2, target } });
    await at('06:59', 1, 1);
    expect(counts()).toBe('0 of 0');
    await at('07:00', 2, 1);
    expect(counts()).toBe('2 of 2');
    expect(world.scaling.targets.get(service)).toEqual(target);
    expect(world.head()).not.toHaveProperty('sleep');
    expect(world.scaling.changes).toEqual([`bound ${service} 0-8`, `scale ${service} 0`, `bound ${service} 2-8`, `scale ${service} 2`]);
    expect(told()).toEqual(['asleep', 'awake']);
  });

  it('sleeps and wakes though the registry answers nothing', async () => {
    world.registry.byDigest = async () => {
      throw new TransientError('the registry is away');
    };
    await at('20:00', 1, 1); // A day after it was verified, whether there is a way back is to be asked.
    expect(counts()).toBe('0 of 0');
    expect(world.head().trouble?.reason).toContain('the registry is away');
    await at('07:00', 1, 2);
    expect(counts()).toBe('2 of 2');
  });

  it('touches its count alone where it does not scale by itself', async () => {
    await at('20:00');
    await at('07:00', 2, 1);
    expect(world.scaling.changes).toEqual([`scale ${service} 0`, `scale ${service} 2`]);
  });

  it('is asked again at its edges, and not each minute', () => {
    expect(world.head().offPeakAt).toBe('2026-11-23T20:00:00.000Z');
  });

  it('is due by no hour of a schedule that was taken away', async () => {
    world.configuration = { ...configured(), ...aConfiguration([aPolicy()]) };
    await at('20:00', 3);
    expect(world.head().dueAt! > world.now.toISOString()).toBe(true);
  });

  it('is not due each minute where there is no service that could sleep', async () => {
    world.services.services.delete(service);
    await at('20:00', 3);
    expect(world.head().dueAt! > world.now.toISOString()).toBe(true);
  });

  it('makes up for ticks that were missed', async () => {
    await at('23:17');
    expect(counts()).toBe('0 of 0');
    await at('21:30', 2, 3);
    expect(counts()).toBe('0 of 0');
    expect(told()).toEqual(['asleep']);
    await at('12:34', 2, 5);
    expect(counts()).toBe('2 of 2');
  });

  it('sleeps with what its schedule leaves', async () => {
    world.configuration = { ...configured({}), schedules: { 'office-hours': { ...nights, asleep: { min: 0, desired: 1 } } } };
    await at('20:00');
    expect(counts()).toBe('1 of 1');
  });

  it('has nothing taken and nothing given back at 0', async () => {
    world.services.resize(service, 0, 0);
    await at('20:00', 2);
    await at('07:00', 3, 1);
    expect(counts()).toBe('0 of 0');
    expect(told()).toEqual([]);
    expect(world.head()).not.toHaveProperty('sleep');
  });

  it('that a person put below its minimum, at 0, stays there: its bounds given back would bring it up', async () => {
    world.scaling.targets.set(service, target);
    world.services.resize(service, 0, 0);
    await at('20:00', 2);
    await at('07:00', 3, 1);
    expect(counts()).toBe('0 of 0');
    expect(world.scaling.targets.get(service)).toEqual(target);
    expect(told()).toEqual([]);
    expect(world.head()).not.toHaveProperty('sleep');
  });

  it('that a person stopped, and starts at night, runs on', async () => {
    world.scaling.targets.set(service, target);
    world.services.resize(service, 0, 0);
    await at('20:00', 2);
    world.services.resize(service, 3, 3);
    await at('22:00', 3);
    await at('07:00', 3, 1);
    expect(counts()).toBe('3 of 3');
  });

  it('that cannot sleep says so once', async () => {
    world.services.add(service, world.running(), { daemon: true });
    await at('20:00', 5);
    await at('20:00', 5, 1);
    expect(counts()).toBe('2 of 2');
    expect(told()).toEqual(['cannot-sleep']);
  });
});

describe('deployments and sleep', () => {
  it('are decided before it falls asleep, and that is told when it takes long', async () => {
    world.now = new Date('2026-11-23T19:58:00.000Z');
    await world.pushed('b');
    await at('20:00', 30);
    expect(told()).toEqual([]);
    expect(world.head().postponed).toMatchObject({ since: '2026-11-23T20:00:00.000Z', reason: { code: 'sleep-postponed' } });
    await world.ticks(10);
    expect(told()).toEqual(['sleep-postponed']);
    expect(counts()).toBe('2 of 2');
    await world.completed();
    await world.ticks(20);
    expect(told()).toEqual(['sleep-postponed', 'asleep']);
    expect(world.topic.told.at(-1)).toMatchObject({ state: 'asleep', closes: { level: 'warning' } }); // For whoever heard that it stayed awake.
  });

  it('fall asleep once the bake has passed', async () => {
    world.now = new Date('2026-11-23T19:58:00.000Z');
    await world.pushed('b');
    world.advance(60_000);
    await world.completed();
    await at('20:00', 3);
    expect(counts()).toBe('2 of 2');
    await at('20:06', 2);
    expect(counts()).toBe('0 of 0');
    expect(world.head()).not.toHaveProperty('postponed');
    expect(world.image()).toBe('b');
  });

  it('come while it sleeps, are untested, and verified after it woke', async () => {
    await at('20:00');
    world.now = new Date('2026-11-24T02:00:00.000Z');
    await world.pushed('b');
    world.advance(60_000);
    await world.completed();
    await world.ticks(30);
    expect(counts()).toBe('0 of 0');
    expect(world.head().current).toMatchObject({ state: 'baking', untested: true });
    await at('07:00', 9, 1);
    expect(counts()).toBe('2 of 2');
    expect(world.head().current).toMatchObject({ state: 'live' });
    expect(world.image()).toBe('b');
  });

  it('that came while it slept are rolled back when they fail in the morning', async () => {
    await at('20:00');
    world.now = new Date('2026-11-24T02:00:00.000Z');
    await world.pushed('b');
    world.advance(60_000);
    await world.completed();
    await at('07:00', 2, 1);
    await world.crash(3);
    expect(world.image()).toBe('a');
    await world.ticks(1);
    await world.completed();
    await world.ticks(2);
    expect(counts()).toBe('2 of 2');
    expect(world.states()).toContain('b rolled-back');
  });
});

describe('what people do while it sleeps', () => {
  beforeEach(async () => {
    world.scaling.targets.set(service, target);
    await at('20:00', 2);
  });

  it('holds where they scaled it up, until it wakes', async () => {
    world.services.resize(service, 1, 1);
    await at('23:00', 60);
    expect(counts()).toBe('1 of 1');
    expect(told()).toEqual(['asleep', 'scaled-up']);
    expect(world.head().sleep?.saved.desired).toBe(2);
    await at('07:00', 2, 1);
    expect(counts()).toBe('2 of 2');
  });

  it('is forgotten where they scaled it down again', async () => {
    world.services.resize(service, 1, 1);
    await at('22:00', 2);
    world.services.resize(service, 0, 0);
    await at('00:02', 2, 1);
    expect(world.head().sleep).not.toHaveProperty('scaledUp');
  });

  it('is respected where they changed its bounds, and told', async () => {
    world.scaling.targets.set(service, { min: 0, max: 4, suspended: { in: false, out: true, scheduled: true } });
    await at('07:00', 2, 1);
    expect(world.scaling.targets.get(service)).toEqual({ ...target, max: 4 });
    expect(world.topic.told.at(-1)?.why).toContain('changed its maximum to 4');
  });

  it('is left to them while another acts', async () => {
    const acting = { by: 'another', until: '2026-11-24T07:03:00.000Z' };
    await world.needs().heads.change(service, world.head().version, { acting, dueAt: '2026-11-24T07:00:00.000Z' });
    await at('07:00', 3, 1);
    expect(counts()).toBe('0 of 0');
    await world.ticks(3);
    expect(counts()).toBe('2 of 2');
  });

  it('may be an order', async () => {
    world.now = new Date('2026-11-23T21:00:00.000Z');
    const until = '2026-11-23T23:00:00.000Z';
    expect(await world.order('wake', { until, reason: 'demo' })).toMatchObject({ outcome: 'done', reason: { code: 'override' } });
    expect(await world.order('wake', { until: '2026-11-23T21:00:00.000Z' })).toMatchObject({
      outcome: 'refused',
      reason: { code: 'command-overdue' },
    });
    await world.ticks(2);
    expect(counts()).toBe('2 of 2');
    expect(world.topic.told.at(-1)?.why).toContain('demo');
    await at('23:00', 2);
    expect(counts()).toBe('0 of 0');
    world.now = new Date('2026-11-24T06:59:00.000Z');
    await world.order('sleep', { until: '2026-11-24T09:00:00.000Z' });
    await at('07:00', 3, 1);
    expect(counts()).toBe('0 of 0');
    await at('09:00', 2, 1);
    expect(counts()).toBe('2 of 2');
  });

  it('may be an order to wake', async () => {
    const head = world.head();
    const override = {
      level: 'awake',
      since: '2026-11-23T21:00:00.000Z',
      until: '2026-11-23T23:00:00.000Z',
      actor: 'ada',
      reason: 'demo',
    } as const;
    await world.needs().heads.change(service, head.version, { override, dueAt: override.since });
    await at('21:00', 2);
    expect(counts()).toBe('2 of 2');
    expect(world.head().offPeakAt).toBe(override.until);
    await at('23:00', 3);
    expect(counts()).toBe('0 of 0');
    expect(world.head()).not.toHaveProperty('override');
  });
});

describe('waking', () => {
  it('is told when its tasks do not come up, and again when they do', async () => {
    await at('20:00');
    world.scaling.stuck.add(service);
    await at('07:00', 9, 1);
    expect(told()).toEqual(['asleep']);
    await world.ticks(5);
    expect(told()).toEqual(['asleep', 'woken-late']);
    world.services.resize(service, 2, 2);
    await world.ticks(2);
    expect(told()).toEqual(['asleep', 'woken-late', 'awake']);
  });

  it('keeps an order among services', async () => {
    const database = 'production/database';
    world = new FlowWorld(configured({ offPeak: { schedule: 'office-hours', after: [database] } }, { service: database }));
    world.addService('a', database, 'database');
    await world.verifiedBaseline();
    await at('20:00', 2);
    expect([counts(), counts(database)]).toEqual(['0 of 0', '0 of 0']);
    world.scaling.stuck.add(database);
    await at('07:00', 5, 1);
    expect([counts(), counts(database)]).toEqual(['0 of 0', '0 of 2']);
    world.services.resize(database, 2, 2);
    await world.ticks(3);
    expect([counts(), counts(database)]).toEqual(['2 of 2', '2 of 2']);
  });

  it('does not wait for others for ever', async () => {
    const database = 'production/database';
    world = new FlowWorld(configured({ offPeak: { schedule: 'office-hours', after: [database] } }, { service: database }));
    world.addService('a', database, 'database');
    await world.verifiedBaseline();
    await at('20:00', 2);
    world.scaling.stuck.add(database);
    await at('07:00', 15, 1);
    expect(counts()).toBe('0 of 0');
    await world.ticks(2);
    expect(counts()).toBe('2 of 2');
  });

  it.each<[why: string, policy: Partial<ServicePolicy>, last: string]>([
    ['is let go', { managed: false }, 'let-go'],
    ['sleeps by no schedule any more', { offPeak: undefined } as unknown as Partial<ServicePolicy>, 'awake'],
  ])('comes first where it %s', async (_, policy, last) => {
    await at('20:00');
    world.configuration = { ...configured(policy), hash: 'configuration-2' };
    await at('22:00', 4);
    expect(counts()).toBe('2 of 2');
    expect(world.head()).not.toHaveProperty('sleep');
    expect(told().slice(0, 2)).toEqual(['asleep', 'awake']);
    expect(told().at(-1)).toBe(last);
  });
});

describe('a service that is let go of while it sleeps', () => {
  it('is woken, and what it got meanwhile is neither verified nor condemned', async () => {
    await at('20:00', 2);
    await world.pushed('b');
    world.services.complete(service, world.now.toISOString());
    world.scaling.stuck.add(service);
    world.configuration = { ...configured({ managed: false }), hash: 'configuration-2' };
    await at('22:00', 2);
    world.services.resize(service, 2, 1);
    await world.ticks(20);
    world.services.resize(service, 2, 2);
    await world.ticks(3);
    expect(world.states()).toEqual(['a live', 'b cancelled']);
    expect(told().at(-1)).toBe('let-go');
  });
});

describe('a service that is to sleep before it is whole again', () => {
  it('finds in the morning what somebody gave it by day, though its tasks never came up', async () => {
    await at('20:00', 2);
    world.scaling.stuck.add(service);
    await at('07:00', 12, 1);
    expect(told()).toEqual(['asleep', 'woken-late']);
    world.scaling.stuck.delete(service);
    world.services.resize(service, 5, 1);
    await at('20:00', 4, 1);
    expect(counts()).toBe('0 of 0');
    expect(world.head().sleep).toMatchObject({ saved: { desired: 5 } });
    await at('07:00', 4, 2);
    expect(counts()).toBe('5 of 5');
  });
});

describe('a service that was deleted while it slept', () => {
  it('is let go all the same', async () => {
    await at('20:00');
    world.services.services.delete(service);
    world.configuration = { ...configured({ managed: false }), hash: 'configuration-2' };
    await at('22:00', 20);
    expect(world.head()).not.toHaveProperty('sleep');
    expect(world.head()).toMatchObject({ obstacle: { code: 'let-go' } });
    expect(world.head().dueAt).toBeUndefined();
    expect(told()).toEqual(['asleep', 'trouble', 'let-go']); // Between them: ECS knows no such service.
  });
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
    await at('20:00');
    expect(world.head()).not.toHaveProperty('acting');
    expect(world.head().sleep).toMatchObject({ state: 'falling-asleep', saved: { desired: 2 } });
    await world.ticks(1);
    expect(counts()).toBe('0 of 0');
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
      expect(counts()).toBe('0 of 0');
      expect(world.head().sleep).toMatchObject({ saved: { desired: 2, target } });
      await survive('07:00', 1);
      expect(counts()).toBe('2 of 2');
      expect(world.scaling.targets.get(service)).toEqual(target);
      expect(world.head()).not.toHaveProperty('sleep');
    },
  );
});

it('is left alone where nothing was made ready for it', async () => {
  const { scaling: _, ...needs } = { scaling: undefined, ...world.needs() };
  const found = {
    head: world.head(),
    service: world.services.services.get(service)!,
    policy: aPolicy({ offPeak }),
    invocation: world.invocation(),
  };
  await attendOffPeak(needs, { ...found, invocation: { ...found.invocation, now: new Date('2026-11-23T22:00:00.000Z') } });
  expect(counts()).toBe('2 of 2');
});
