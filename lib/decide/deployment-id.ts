import { createHash } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's, as in a ULID: sorts as it reads.

/** A ULID-shaped id: the instant first, then a hash of what makes the deployment that one. The same parts give the same id. */
export function deploymentId(at: Date, ...parts: (string | number)[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest();
  let chance = 0n;
  for (const byte of hash.subarray(0, 10)) chance = chance * 256n + BigInt(byte);
  return encode(BigInt(at.getTime()), 10) + encode(chance, 16);
}

function encode(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 32n) text = alphabet.charAt(Number(rest % 32n)) + text;
  return text;
}
