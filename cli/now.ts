import type { CommandLineEndpoint } from '../lib/wire.ts';

/** The time where one speaks to: the sandbox has a clock of its own, and everywhere else it is now. */
export async function nowAt({ endpoint, credentials }: CommandLineEndpoint): Promise<Date> {
  const told = endpoint === undefined || credentials === undefined ? undefined : await sandboxClock(endpoint);
  return told === undefined ? new Date() : new Date(told);
}

// Where nothing answers, the first call of AWS tells so; another stand-in for AWS knows no such page.
async function sandboxClock(endpoint: string): Promise<string | undefined> {
  try {
    const answer = await fetch(new URL('/_sandbox/clock', endpoint), { signal: AbortSignal.timeout(5000) });
    return answer.ok ? ((await answer.json()) as { now?: string }).now : undefined;
  } catch {
    return undefined;
  }
}
