import { createHash } from 'node:crypto';
import { commandHeader, type CallerProof } from '../../domain/caller-proof.ts';
import { msBetween } from '../../domain/instant.ts';
import type { Reason } from '../../domain/reason.ts';

/** How far a proof's time and ours may be apart: the SDK corrects its clock only where it is wrong by more than five minutes. */
export const proofFreshMs = 10 * 60_000;
const bodyOfQuestion = 'Action=GetCallerIdentity&Version=2011-06-15';
/** To the letter: what STS would read otherwise, or pass over, must not say here what the signature covers. */
const signatureForSts =
  /^AWS4-HMAC-SHA256 Credential=[^/\s,]+\/\d{8}\/[a-z\d-]+\/sts\/aws4_request, ?SignedHeaders=([a-z\d;-]+), ?Signature=[\da-f]{64}$/;
const host = /^sts(-fips)?(\.[a-z]{2}(-[a-z]+)+-\d)?\.amazonaws\.com(\.cn)?$/;

/** What a proof is bound to: every member of the command, and the installation that it is meant for. */
export function commandHash(members: Readonly<Record<string, string | number | boolean>>, audience: string): string {
  const sorted = Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([audience, sorted]))
    .digest('hex');
}

/**
 * Why a proof proves nothing for this command; undefined where STS may be asked. What is replayed is exactly the question "who am I": to STS
 * and nowhere else, signed together with the hash of the command, not long ago. `endpoint`: another AWS, where the environment names one.
 */
export function proofFault(proof: CallerProof, hash: string, endpoint: string | undefined, now: Date): Reason | undefined {
  const headers = headersOf(proof);
  const why = [
    proof.method !== 'POST' && 'its method is not POST',
    endpoint === undefined && !isOfSts(proof.url) && 'its address is not that of STS',
    proof.body !== bodyOfQuestion && 'it does not ask who the caller is',
    Object.keys(headers).length < Object.keys(proof.headers).length && 'it has a header twice',
    !isSigned(headers['authorization'] ?? '', ['host', 'x-amz-date', commandHeader]) && `its signature does not cover ${commandHeader}`,
    headers[commandHeader] !== hash && 'it was signed for another command or another installation',
  ].find((fault) => fault !== false);
  if (why !== undefined) return { code: 'proof-invalid', text: `the proof of who orders this is not valid: ${why}` };
  const signedAt = instantOf(headers['x-amz-date'] ?? '');
  const apartMs = signedAt === undefined ? Infinity : Math.abs(msBetween(signedAt, now));
  if (apartMs <= proofFreshMs) return undefined;
  const text = `the proof of who orders this was signed at ${signedAt ?? 'no time'}, and it is ${now.toISOString()}`;
  return { code: 'proof-stale', text: `${text}: more than ${proofFreshMs / 60_000} minutes lie between` };
}

/** The headers by their names in small letters. */
export function headersOf({ headers }: CallerProof): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The names of the headers that a signature for STS covers. */
export function signedHeaders(authorization: string): string[] {
  return signatureForSts.exec(authorization)?.[1]?.split(';') ?? [];
}

function isSigned(authorization: string, needed: string[]): boolean {
  const signed = signedHeaders(authorization);
  return needed.every((name) => signed.includes(name));
}

function isOfSts(url: string): boolean {
  const [, name] = /^https:\/\/([^/:@?#]+)\/?$/.exec(url) ?? [];
  return name !== undefined && host.test(name);
}

// 20261123T120000Z
function instantOf(text: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
