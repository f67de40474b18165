import { usageError } from './command-error.ts';
import type { CommandLineEndpoint } from '../lib/wire.ts';

/** The sandbox, as `npm start` and `npm run sandbox` open it. */
const sandboxUrl = 'http://127.0.0.1:4566';
const sandboxRegion = 'eu-west-1';

/** AWS by the caller's credentials, or the sandbox by any. */
export function endpointOf(sandbox: boolean, region: string, env: Record<string, string | undefined>): CommandLineEndpoint {
  if (!sandbox) return { region };
  const endpoint = env['AWS_ENDPOINT_URL'] ?? sandboxUrl; // A sandbox on another port.
  const hostname = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  if (hostname === '') throw usageError(`AWS_ENDPOINT_URL is no address: found ${endpoint}, expected one such as ${sandboxUrl}`);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw usageError(`--sandbox means this machine, and AWS_ENDPOINT_URL names ${hostname}: unset the one or leave out the other`);
  return { region: sandboxRegion, endpoint, credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } };
}
