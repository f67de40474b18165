import type { SecretName } from '../domain/channel.ts';

/** Secrets by name. What they hold never stands in an error or a log. */
export interface Secrets {
  /** The secret, kept for a few minutes; `fresh` reads it anew. Throws RefusedError where it does not exist or may not be read. */
  read(name: SecretName, fresh?: boolean): Promise<string>;
}
