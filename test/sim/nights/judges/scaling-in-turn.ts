import { holdsUnless, type MakeJudge } from '../../judges/judge.ts';
import { blindMs } from '../../judges/running.ts';
import type { OurScaling } from '../../observation.ts';

/** Rules 3 and 8: whoever scales a service holds it, for a sleep that is on record; bounds first, so that a count is never outside them. */
export const scalingInTurn: MakeJudge = (truth) => {
  const touchedMs = new Map<string, number>();
  return {
    rule: 'sleep holds what it scales',
    watch: (seen) => {
      if (seen.kind === 'capacity') touchedMs.set(seen.service, truth.now());
      if (seen.kind !== 'scaled') return undefined;
      const { service, head, call, after } = seen.scaled;
      const held = head?.acting?.by === seen.by.id && Date.parse(head.acting.until) > truth.now();
      const policy = seen.by.configuration.services[service];
      const raced = (touchedMs.get(service) ?? -Infinity) >= seen.by.startedMs - blindMs;
      const falling = head?.sleep?.state === 'falling-asleep';
      return holdsUnless([
        !held && `${seen.by.id} scaled ${service} while it was held by ${head?.acting?.by ?? 'nobody'}`,
        head?.sleep === undefined && `${seen.by.id} scaled ${service}, which does not sleep`,
        falling && policy?.mode !== 'deploy' && `${seen.by.id} let ${service} sleep, which is only watched`,
        falling &&
          call === 'scale' &&
          !raced &&
          isBelow(seen.scaled) &&
          `${service} was scaled to ${after.desired} tasks before its bounds let it be`,
        falling &&
          call === 'scale' &&
          after.desired > (head?.sleep?.left.desired ?? 0) &&
          `${service} was to fall asleep, and has ${after.desired} tasks`,
      ]);
    },
  };
};

// Where its bounds are left alone, its count was below them before.
function isBelow({ before, after, head }: OurScaling): boolean {
  const least = head?.sleep?.left.target?.min ?? 0;
  return after.target !== undefined && after.desired < before.desired && after.desired < after.target.min && least < after.target.min;
}
