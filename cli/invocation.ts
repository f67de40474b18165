import type { PlanInvocation } from '../lib/flows/plan-service.ts';

/** What stands for an invocation where a person runs a flow: time enough, and what it logs is kept. */
export function commandInvocation(now: Date, logged: string[]): PlanInvocation {
  return {
    id: 'command-line',
    now,
    timeoutMs: 60_000,
    remainingMs: () => Infinity,
    log: (message, fields = {}) => void logged.push([message, ...Object.values(fields).map(String)].join(' ')),
  };
}
