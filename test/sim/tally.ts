import type { WorldEnd } from './world.ts';

/** What many worlds came to. */
export class Tally {
  readonly struck: Record<string, number> = {};
  readonly decided: Record<string, number> = {};
  seeds = 0;
  deployments = 0;
  rollbacks = 0;
  calls = 0;
  simulatedMs = 0;

  add(end: WorldEnd): void {
    this.seeds += 1;
    this.deployments += end.deployments;
    this.rollbacks += end.rollbacks;
    this.calls += end.calls;
    this.simulatedMs += end.simulatedMs;
    addAll(this.struck, end.struck);
    addAll(this.decided, end.decided);
  }

  /** One line: how far, and how fast. */
  progress(elapsedMs: number, cpuMs: number): string {
    const perMinute = Math.round((this.deployments / elapsedMs) * 60_000);
    const perCore = Math.round((this.deployments / cpuMs) * 60_000);
    const days = (this.simulatedMs / 86_400_000).toFixed(1);
    return `${this.seeds} seeds, ${this.deployments} deployments, ${this.rollbacks} rollbacks, ${this.calls} calls, ${days} simulated days; ${perMinute} deployments a minute, ${perCore} a minute of one core`;
  }

  /** How often each fault struck and each judge decided. */
  report(): string {
    return [...table('Faults struck', this.struck), ...table('Judges decided', this.decided)].join('\n');
  }
}

function addAll(into: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count;
}

function table(title: string, counts: Record<string, number>): string[] {
  return [title, ...Object.entries(counts).map(([name, count]) => `  ${name.padEnd(46)} ${String(count).padStart(10)}`)];
}
