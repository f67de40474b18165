import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** Unpacks an archive, such as a packaged function, into a folder. */
export function unzip(archive: Buffer, folder: string): void {
  for (const { name, content } of entriesOf(archive)) {
    const path = join(folder, normalize(name));
    if (!path.startsWith(folder + sep)) throw new Error(`The archive has an entry outside of its folder: ${name}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

function* entriesOf(archive: Buffer): Generator<{ name: string; content: Buffer }> {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  let position = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(position) !== entrySignature) throw new Error('The archive has a broken directory');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(position + offset)) as [
      number,
      number,
      number,
    ];
    const name = archive.toString('utf8', position + 46, position + 46 + nameLength);
    if (!name.endsWith('/')) yield { name, content: contentOf(archive, position) };
    position += 46 + nameLength + extraLength + commentLength;
  }
}

function contentOf(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  // Lengths in the local header may differ from those in the directory.
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + size);
  if (method === 0) return packed;
  if (method !== 8) throw new Error(`The archive has an entry packed by method ${method}; deflate is known here`);
  return inflateRawSync(packed);
}

function findEnd(archive: Buffer): number {
  for (let position = archive.length - 22; position >= 0; position--) if (archive.readUInt32LE(position) === endSignature) return position;
  throw new Error('This is no zip archive');
}
