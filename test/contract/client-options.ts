import type { ClientOptions } from '../../lib/adapters/client-settings.ts';

/** Options of a client that speaks to a local endpoint, with time enough for every call. */
export function localOptions(endpoint: string, differing: Partial<ClientOptions> = {}): ClientOptions {
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  return { budget: { remainingMs: () => 60_000 }, endpoint, region: 'eu-west-1', ...differing };
}
