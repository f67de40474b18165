import { EcrError } from './errors.ts';
import { digestOf } from './manifest.ts';
import type { Repository } from './repository.ts';

interface Upload {
  repository: Repository;
  parts: Uint8Array[];
}

/** Layers and config blobs, taken in part by part. */
export class Layers {
  readonly #uploads = new Map<string, Upload>();
  #count = 0;

  begin(repository: Repository): string {
    const id = `00000000-0000-4000-8000-${(++this.#count).toString(16).padStart(12, '0')}`;
    this.#uploads.set(id, { repository, parts: [] });
    return id;
  }

  /** Adds a part at the end; answers the last byte received so far. */
  add(repository: Repository, id: string, firstByte: number, part: Uint8Array): number {
    const upload = this.#find(repository, id);
    const received = sizeOf(upload);
    if (firstByte !== received)
      throw new EcrError('InvalidLayerPartException', `Layer part invalid: expected first byte ${received}, got ${firstByte}`);
    upload.parts.push(part);
    return received + part.length - 1;
  }

  /** Ends the upload under the digest that its bytes have. */
  complete(repository: Repository, id: string, digests: readonly string[]): string {
    const bytes = joined(this.#find(repository, id));
    const digest = digestOf(bytes);
    if (bytes.length === 0) throw new EcrError('EmptyUploadException', 'The specified layer upload does not contain any layer parts');
    if (!digests.includes(digest)) throw new EcrError('InvalidLayerException', `The layer digest calculated is ${digest}`);
    if (repository.layers.has(digest)) throw new EcrError('LayerAlreadyExistsException', `Layer already exists: ${digest}`);
    repository.layers.set(digest, bytes);
    this.#uploads.delete(id);
    return digest;
  }

  #find(repository: Repository, id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload?.repository === repository) return upload;
    throw new EcrError('UploadNotFoundException', `Upload with id ${id} not found in the repository with name '${repository.name}'`);
  }
}

/** In memory of its own: a few bytes cut from Node's pool of buffers would keep 64 KB of it for as long as the layer is kept. */
function joined(upload: Upload): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(sizeOf(upload));
  let at = 0;
  for (const part of upload.parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function sizeOf({ parts }: Upload): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
