import { FlowWorld, service } from './flow-world.ts';
import { aConfiguration, aPolicy } from './policies.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import type { ScalableTarget } from '../../lib/domain/sleep.ts';
import { aSchedule } from '../fixtures/schedules.ts';

/** Awake from 07:00 to 20:00. */
export const nights = aSchedule({ timezone: 'UTC', awake: ['Mon-Sun 07:00-20:00'] });
const sleepy = ['asleep', 'awake', 'woken-late', 'sleep-postponed', 'scaled-up', 'cannot-sleep', 'trouble', 'let-go'];

/** Bounds that a service sleeps and wakes with. */
export const target: ScalableTarget = { min: 2, max: 8, suspended: { in: false, out: false, scheduled: true } };

/** Services that sleep from 20:00 to 07:00, UTC. */
export const configured = (...policies: Partial<ServicePolicy>[]) => ({
  ...aConfiguration(policies.map((policy) => aPolicy({ offPeak: { schedule: 'office-hours', after: [] }, ...policy }))),
  schedules: { 'office-hours': nights },
});

/** Services that sleep, on fakes. */
export class NightWorld extends FlowWorld {
  /** One service with a verified baseline. */
  static async ofOne(): Promise<NightWorld> {
    const world = new NightWorld(configured({}));
    await world.verifiedBaseline();
    return world;
  }

  /** Jumps to an hour of 2026-11-23 (or so many days later) and ticks as often. */
  async at(time: string, ticks = 1, days = 0): Promise<void> {
    this.now = new Date(`2026-11-${23 + days}T${time}:00.000Z`);
    await this.tick();
    await this.ticks(ticks - 1);
  }

  /** Running tasks, and how many are wanted. */
  counts(key = service): string {
    const { desiredCount, runningCount } = this.services.services.get(key) ?? {};
    return `${runningCount} of ${desiredCount}`;
  }

  /** What was told of sleep and of trouble, in order. */
  toldOfSleep(): string[] {
    return this.told().filter((state) => sleepy.includes(state));
  }
}
