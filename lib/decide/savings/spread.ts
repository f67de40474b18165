import type { LaunchShare } from '../../domain/sleep.ts';

/**
 * How many of so many tasks run where: first each base, then by weight. ECS places whole tasks; in the sum over nights fractions come nearer to that
 * than any rounding.
 */
export function spread(tasks: number, launch: readonly LaunchShare[]): Map<string, number> {
  const found = new Map<string, number>();
  let rest = tasks;
  for (const { provider, base } of launch) {
    const placed = Math.min(base, rest);
    add(found, provider, placed);
    rest -= placed;
  }
  const weights = launch.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) add(found, launch[0]?.provider ?? unknownProvider, rest);
  else for (const { provider, weight } of launch) add(found, provider, (rest * weight) / weights);
  return found;
}

/** Where a record does not say it. */
export const unknownProvider = 'unknown';

function add(found: Map<string, number>, provider: string, tasks: number): void {
  if (tasks > 0) found.set(provider, (found.get(provider) ?? 0) + tasks);
}
