import type { CallerProof } from '../domain/caller-proof.ts';
import { TransientError } from '../errors.ts';
import type { CallerProofs } from '../ports/caller-proofs.ts';

const longestMs = 5000;
const answerBytesMost = 10_000;
/** What belongs to a connection and not to a message: made anew for ours. */
const ofConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'upgrade', 'te', 'trailer']);

/** Replays a signed question to STS by a plain request: nothing but the signature says who asks. `endpoint`: another AWS. */
export function stsProofs(endpoint: string | undefined): CallerProofs {
  return { callerOf: (proof) => ask(proof, endpoint ?? `${new URL(proof.url).origin}/`) };
}

async function ask({ headers, body }: CallerProof, url: string): Promise<string | undefined> {
  const sent = Object.entries(headers).filter(([name]) => !ofConnection.has(name.toLowerCase()));
  const answer = await fetch(url, {
    method: 'POST',
    headers: Object.fromEntries(sent),
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(longestMs),
  }).catch((cause: unknown) => {
    throw new TransientError(`ask STS who orders this: ${String(cause)}`, { cause });
  });
  const text = (await answer.text()).slice(0, answerBytesMost);
  if (answer.status >= 500 || answer.status === 429) throw new TransientError(`ask STS who orders this: it answered ${answer.status}`);
  return answer.ok ? /<Arn>(arn:[^<\s]+)<\/Arn>/.exec(text)?.[1] : undefined;
}
