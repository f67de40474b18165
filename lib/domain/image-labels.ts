import { masked } from './mask.ts';

/** What an image says of where it comes from, as whoever built it labelled it: cut, secrets hidden, believed by nobody. */
export interface ImageLabels {
  /** The commit, as a rule. */
  revision?: string;
  authors?: string;
  /** Where its source is: an address, as a rule. */
  source?: string;
  version?: string;
}

const unitsMost = 200;

/** Under which names builders write it, the first that says something counts: OCI's own, label-schema's, and customary ones. */
const namesOf: Readonly<Record<keyof ImageLabels, readonly string[]>> = {
  revision: ['org.opencontainers.image.revision', 'org.label-schema.vcs-ref', 'vcs-ref', 'git.commit', 'git.sha', 'commit'],
  authors: ['org.opencontainers.image.authors', 'git.author', 'org.label-schema.maintainer', 'maintainer'],
  source: ['org.opencontainers.image.source', 'org.label-schema.vcs-url', 'vcs-url', 'git.url', 'git.repository'],
  version: ['org.opencontainers.image.version', 'org.label-schema.version', 'version'],
};

/** Reads the labels and annotations of an image, which may hold anything. */
export function imageLabels(labels: Readonly<Record<string, unknown>>): ImageLabels {
  const read = Object.entries(namesOf).map(([kind, names]) => [kind, names.map((name) => told(labels[name])).find((text) => text !== '')]);
  return Object.fromEntries(read.filter(([, text]) => text !== undefined)) as ImageLabels;
}

// Hidden before it is cut, for a secret that is cut looks like none. What is much too long is none of these.
function told(value: unknown): string {
  if (typeof value !== 'string' || value.length > 10 * unitsMost) return '';
  const line = masked(
    value
      .toWellFormed()
      .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
      .trim(),
  );
  return line.length <= unitsMost ? line : `${line.slice(0, unitsMost - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
