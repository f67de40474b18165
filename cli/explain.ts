import { CommandError, type Status } from './command-error.ts';
import type { CommandLineEndpoint } from '../lib/wire.ts';

/** Why a command ended, for whoever called it. */
export interface Ending {
  status: Exclude<Status, 0>;
  text: string;
  /** A fault of ours, with the place where it happened. */
  ours?: true;
}

/** What an error on the way means: AWS not reached, refused by AWS, or a fault of ours. */
export function explain(error: unknown, at: CommandLineEndpoint | undefined): Ending {
  if (error instanceof CommandError) return { status: error.status, text: error.message };
  const faults = chainOf(error);
  const unreachable = faults.map((fault) => whyUnreachable(fault, at)).find((why) => why !== undefined);
  if (unreachable !== undefined) return { status: 3, text: unreachable };
  const [fault] = faults;
  if (fault === undefined || !knownErrors.has(fault.name)) return { status: 1, text: fault?.stack ?? String(error), ours: true };
  return { status: 1, text: fault.message || fault.name };
}

interface Fault {
  name: string;
  message: string;
  stack?: string;
  code?: unknown;
  cause?: unknown;
  $metadata?: { httpStatusCode?: number };
}

const knownErrors = new Set(['PermanentError', 'RefusedError', 'MissingError', 'TransientError']);
const noCredentials = new Set(['CredentialsProviderError', 'TokenProviderError']);
/** What AWS answers to credentials that it does not take. */
const badCredentials = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const connection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE']);

function whyUnreachable({ name, message, code, $metadata }: Fault, at: CommandLineEndpoint | undefined): string | undefined {
  const where = at?.endpoint ?? `AWS in ${at?.region ?? 'its region'}`;
  if (noCredentials.has(name)) return `No credentials for AWS were found: ${message}. Log in, or name a profile with AWS_PROFILE.`;
  if (badCredentials.has(name)) return `AWS does not take these credentials (${name}): ${message}`;
  if (/region is missing/i.test(message)) return 'No region was found: name it with --region.';
  if (!connection.has(String(code)) && !(name === 'TimeoutError' && $metadata?.httpStatusCode === undefined)) return undefined;
  const sandbox = at?.credentials !== undefined;
  return sandbox
    ? `No sandbox listens on ${where}: start one with npm start, or npm run sandbox.`
    : `${where} cannot be reached: ${message}`;
}

// Ports wrap what the SDK threw; its own words are in the causes. Not `instanceof Error`: an error of a socket may come from another realm.
function chainOf(error: unknown): Fault[] {
  const chain: Fault[] = [];
  for (let at = error; isFault(at) && chain.length < 10; at = at.cause) chain.push(at);
  return chain;
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'name' in error && 'message' in error;
}
