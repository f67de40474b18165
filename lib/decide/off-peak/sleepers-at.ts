import { toMs, type Instant } from '../../domain/instant.ts';
import type { Configuration, ServicePolicy } from '../../domain/policy.ts';

const minuteMs = 60_000;
/** However many sleep, so many are looked at in a minute: a tick costs no more for a large fleet than for a small one. */
const looksMax = 5;
const shortestRound = 15;

/** The services that sleep by a schedule and have their turn in a minute: each every quarter of an hour, where more than 75 do so every so much longer. */
export function sleepersAt({ services }: Configuration, at: Instant | Date): ServicePolicy[] {
  const sleepers = Object.values(services).filter(({ offPeak, managed, mode }) => offPeak !== undefined && managed && mode === 'deploy');
  const round = Math.max(shortestRound, Math.ceil(sleepers.length / looksMax));
  const minute = Math.floor(toMs(at) / minuteMs) % round;
  return sleepers.filter((_, index) => index % round === minute);
}
