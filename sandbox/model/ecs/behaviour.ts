/** What a container does once it is told to run. */
export interface Behaviour {
  kind: 'healthy' | 'crash' | 'oom' | 'unhealthy' | 'cannot-pull' | 'bad-command' | 'not-understood';
  /** From RUNNING to the crash, or until it gets unhealthy. */
  afterMs: number;
  exitCode: number;
  /** Added to the time it takes to reach RUNNING. */
  startMs: number;
  /** It does not obey SIGTERM, and is killed after its stop timeout. */
  stubborn: boolean;
}

const healthy: Behaviour = { kind: 'healthy', afterMs: 0, exitCode: 0, startMs: 0, stubborn: false };
const notUnderstood: Behaviour = { ...healthy, kind: 'not-understood' };
const kinds: Record<string, Behaviour> = {
  healthy,
  crash: { ...healthy, kind: 'crash', afterMs: 30_000, exitCode: 1 },
  oom: { ...healthy, kind: 'oom', afterMs: 10_000, exitCode: 137 },
  unhealthy: { ...healthy, kind: 'unhealthy' },
  'cannot-pull': { ...healthy, kind: 'cannot-pull' },
  'bad-command': { ...healthy, kind: 'bad-command' },
  slow: { ...healthy, startMs: 90_000 },
};
const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads `crash after=30s exit=1` and its like. No text is a healthy image; a text that says nothing known is told by a task that cannot start. */
export function parseBehaviour(run: string | undefined): Behaviour {
  const [kind, ...settings] = (run ?? 'healthy').trim().split(/\s+/);
  let behaviour = kinds[kind ?? ''];
  for (const setting of settings) behaviour = behaviour && withSetting(behaviour, setting);
  return behaviour ?? notUnderstood;
}

function withSetting(behaviour: Behaviour, setting: string): Behaviour | undefined {
  if (setting === 'stubborn') return { ...behaviour, stubborn: true };
  const [, name, amount, unit] = /^(after|start|exit)=(\d+)(ms|s|m|h)?$/.exec(setting) ?? [];
  if (name === 'exit' && unit === undefined && behaviour.kind === 'crash') return { ...behaviour, exitCode: Number(amount) };
  const scale = unitMs[unit ?? ''];
  if (scale === undefined || name === undefined || name === 'exit') return undefined;
  return { ...behaviour, [name === 'after' ? 'afterMs' : 'startMs']: Number(amount) * scale };
}
