import { createRequire } from 'node:module';

interface Write {
  key: Uint8Array;
  value: Uint8Array;
}

type Put = (this: unknown, key: Uint8Array, value: Uint8Array, options: object) => Promise<void>;
type Batch = (this: unknown, operations: Write[], options: object) => Promise<void>;

/** What abstract-level asks a store to have. */
const names = { put: '_put', batch: '_batch' } as const;
type Store = Record<typeof names.put, Put> & Record<typeof names.batch, Batch>;

const copying = new WeakSet<Store>();

/** Lets dynalite's store keep its bytes apart: a few of them, cut from Node's pool of buffers, would keep 64 KB of it for as long as an item lives. */
export function keepCopies(): void {
  const here = createRequire(import.meta.url);
  const dynalite = createRequire(here.resolve('dynalite'));
  const { MemoryLevel } = dynalite('memory-level') as { MemoryLevel: { prototype: Store } };
  const store = MemoryLevel.prototype;
  if (copying.has(store)) return;
  copying.add(store);
  const [put, batch] = [store[names.put], store[names.batch]];
  store[names.put] = function (key, value, options) {
    return put.call(this, copyOf(key), copyOf(value), options);
  };
  store[names.batch] = function (operations, options) {
    for (const operation of operations) copyInto(operation);
    return batch.call(this, operations, options);
  };
}

function copyInto(operation: Write): void {
  operation.key = copyOf(operation.key);
  if ('value' in operation) operation.value = copyOf(operation.value); // One that deletes has none.
}

function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}
