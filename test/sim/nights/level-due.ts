import type { SleepLevel } from '../../../lib/domain/schedule.ts';
import type { Truth } from '../judges/judge.ts';

/** What a service is to be at an instant, and since when, by its schedule as it was meant and by the last order on record. */
export interface LevelDue {
  level: SleepLevel;
  sinceMs: number;
}

/** Undefined for a service that has no schedule and never had one. */
export function levelDue({ fleet, table }: Truth, service: string, ms: number): LevelDue | undefined {
  const night = fleet.nights?.byService.get(service);
  const policy = fleet.members.get(service)?.policy;
  if (night === undefined || policy === undefined) return undefined;
  if (!policy.managed || policy.offPeak === undefined) return { level: 'awake', sinceMs: -Infinity };
  const override = table.heads.get(service)?.override;
  const [fromMs, untilMs] = [Date.parse(override?.since ?? ''), Date.parse(override?.until ?? '')];
  if (override !== undefined && ms >= fromMs && ms < untilMs) return { level: override.level, sinceMs: fromMs };
  const ended = untilMs <= ms ? untilMs : -Infinity;
  return { level: night.levelAt(ms), sinceMs: Math.max(night.sinceMs(ms), ended) };
}
