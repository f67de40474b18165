import picomatch from 'picomatch';

const compiled = new Map<string, (tag: string) => boolean>();

/** Whether a tag matches a glob: case counts. Each glob is compiled once. */
export function matchesGlob(glob: string, tag: string): boolean {
  let matches = compiled.get(glob);
  if (matches === undefined) {
    matches = picomatch(glob, { nocase: false, windows: false }); // `windows` said, the platform is not looked up.
    compiled.set(glob, matches);
  }
  return matches(tag);
}
