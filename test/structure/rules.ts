import { withoutComments, type Source } from './sources.ts';
import { placeOf } from './table.ts';

/** Imports that the table does not allow, each as a sentence. */
export function forbiddenImports({ path, imports, packages }: Source): string[] {
  const place = placeOf(path);
  if (place === undefined) return [`${path}: the table names no place for it`];
  const allowed = [place.place, ...place.from];
  const files = imports.filter((one) => !allowed.some((from) => one.startsWith(from))).map((one) => `${path} imports ${one}`);
  const names = packages.filter((one) => !place.packages.some((pattern) => matches(one, pattern))).map((one) => `${path} imports ${one}`);
  return [...files, ...names];
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

const impure: [what: string, pattern: RegExp][] = [
  ['reads the clock', /\bnew Date\(\s*\)|\bDate\.now\b|\bperformance\.now\b/],
  ['reads the environment', /\bprocess\.env\b/],
  ['takes chances', /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/],
  ['waits by itself', /\bset(Timeout|Interval|Immediate)\b/],
];

/** What a pure place does that it must not. */
export function impurities({ path, text }: Source): string[] {
  if (placeOf(path)?.pure !== true) return [];
  const code = withoutComments(text);
  return impure.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${path} ${what}`);
}

/** Whether a module only hands on what others export. */
export function isBarrel({ text }: Source): boolean {
  const code = withoutComments(text).trim();
  const statements = code.split(/;\s*\n?/).filter((one) => one.trim() !== '');
  return statements.length > 1 && statements.every((one) => /^export\s[\s\S]*\sfrom\s/.test(one.trim()));
}

/** Import circles among files, type-only ones included: each as a path from a file back to itself. */
export function circles(sources: Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.path, source.imports]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) walk(path, []);
  return found;
}
