import type { Functions } from './functions.ts';
import { installedAt, minuteMs } from './place.ts';
import type { Surroundings } from './surroundings.ts';
import { tick } from '../../lib/flows/tick.ts';

/** EventBridge Scheduler: wakes the tick from this minute after the installation on, each minute a few seconds late, now and then not at all, or twice. */
export function tickFrom(minute: number, surroundings: Surroundings, functions: Functions, next = (after: number) => after + 1): void {
  const { faults, delays, agenda } = surroundings;
  surroundings.observe({ kind: 'minute' });
  const minuteAtMs = installedAt.getTime() + minute * minuteMs;
  const invoke = (): void => functions.invoke({ name: 'tick', because: `minute ${minute}`, flow: tick });
  const at = (atMs: number, run: () => void): void => void agenda.at(new Date(atMs), run);
  const atMs = minuteAtMs + delays.between(100, 3_000);
  if (faults.strikes('nothing invoked for minutes')) functions.pauseUntil(atMs + faults.between(2, 12) * minuteMs);
  if (!faults.strikes('tick missed')) at(atMs, invoke);
  if (faults.strikes('tick repeated')) at(atMs + faults.between(0, 2_000), invoke);
  const later = next(minute);
  at(installedAt.getTime() + later * minuteMs, () => tickFrom(later, surroundings, functions, next));
}
