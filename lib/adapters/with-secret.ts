import { RefusedError } from '../errors.ts';
import type { Secrets } from '../ports/secrets.ts';

/** Does something with a secret; refused, once more with the secret as it is now, for it may have been changed since it was read. */
export async function withSecret<T>(secrets: Secrets, name: string, act: (secret: string) => Promise<T>): Promise<T> {
  const kept = await secrets.read(name);
  try {
    return await act(kept);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const fresh = await secrets.read(name, true);
    if (fresh === kept) throw error;
    return await act(fresh);
  }
}
