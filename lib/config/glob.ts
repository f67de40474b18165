import picomatch from 'picomatch';

/** The regular expression that a glob of tags stands for; case counts. Made while packaging, so that no function carries what makes it (8 kB gzipped). */
export function globPattern(glob: string): string {
  return picomatch.makeRe(glob, { nocase: false, windows: false }).source; // `windows` said, the platform is not looked up.
}
