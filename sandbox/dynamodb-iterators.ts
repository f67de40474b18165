import { createRequire } from 'node:module';

interface Iterator {
  close(): Promise<void>;
  return?: () => Promise<void>;
}

/**
 * Lets dynalite end what it began to read. It does that by `return`, which the iterators of its store call `close`: without this, every
 * query leaves one open, and each open one keeps the whole table as it was at that time.
 */
export function endIterators(): void {
  const here = createRequire(import.meta.url);
  const dynalite = createRequire(here.resolve('dynalite'));
  const store = createRequire(dynalite.resolve('memory-level'));
  const { AbstractIterator } = store('abstract-level') as { AbstractIterator: { prototype: object } };
  const iterators = Object.getPrototypeOf(AbstractIterator.prototype) as Iterator;
  iterators.return ??= close;
}

function close(this: Iterator): Promise<void> {
  return this.close();
}
