import { createHash } from 'node:crypto';
import type { MessageAttribute } from '../model/queue.ts';

/** The MD5 by which clients check that a body came through whole. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The MD5 over message attributes, as SQS defines it: sorted by name, each part with its length before it. */
export function md5OfAttributes(attributes: Record<string, MessageAttribute>): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name] as MessageAttribute;
    hash.update(sized(name)).update(sized(DataType));
    if (BinaryValue) hash.update(Buffer.from([2])).update(sized(BinaryValue));
    else hash.update(Buffer.from([1])).update(sized(StringValue ?? ''));
  }
  return hash.digest('hex');
}

function sized(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
