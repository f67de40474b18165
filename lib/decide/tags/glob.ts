import picomatch from 'picomatch';

const compiled = new Map<string, (tag: string) => boolean>();

/** Whether a tag matches a glob: case counts, and a dot is a character like any other. Each glob is compiled once. */
export function matchesGlob(glob: string, tag: string): boolean {
  let matches = compiled.get(glob);
  if (matches === undefined) {
    matches = picomatch(glob, { dot: true, nocase: false, windows: false }); // `windows` said, the platform is not looked up.
    compiled.set(glob, matches);
  }
  return matches(tag);
}
