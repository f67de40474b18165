import type { Digest } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';

export interface QuarantineReader {
  /** The entries that stand for these digests, lifted ones left out. Consistent. */
  barring(digests: Digest[]): Promise<QuarantineEntry[]>;
}

export interface Quarantine extends QuarantineReader {
  /** Safe to repeat: the same deployment's entry stays as it was first written. Bars again what was lifted, when another deployment condemns it. */
  add(entry: QuarantineEntry): Promise<void>;
}

export interface QuarantineLifter {
  /** Lifts what stands for the digest, and answers it; undefined where nothing does. It bars nothing from then on. */
  lift(digest: Digest, lifted: { by: string; at: Instant; because?: string }): Promise<QuarantineEntry | undefined>;
}

export type { QuarantineEntry };
