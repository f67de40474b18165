import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Source {
  /** Path from the root, with forward slashes. */
  path: string;
  text: string;
  /** Files of the project, from the root. */
  imports: string[];
  /** Packages and node builtins, by name: `zod`, `@aws-sdk/client-ecs`, `node:crypto`. */
  packages: string[];
}

/** The names of the folders and files at the root that git would track. */
export function rootEntries(): string[] {
  const ignored = new Set(['node_modules', '.git', '.serverless', '.esbuild', 'coverage']);
  return readdirSync(root).filter((name) => !ignored.has(name));
}

/** The folders directly below one. */
export function foldersIn(folder: string): string[] {
  return readdirSync(join(root, folder)).filter((name) => statSync(join(root, folder, name)).isDirectory());
}

/** Every TypeScript file below a folder, or the file itself, with what it imports: type-only imports, exports from and dynamic imports included. */
export function sourcesIn(place: string): Source[] {
  const full = join(root, place);
  if (!statSync(full, { throwIfNoEntry: false })) return [];
  if (statSync(full).isFile()) return [sourceOf(full)];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .toSorted()
    .map((name) => sourceOf(join(full, name)));
}

function sourceOf(full: string): Source {
  const text = readFileSync(full, 'utf8');
  const specifiers = importsOf(text);
  return {
    path: relative(root, full),
    text,
    imports: specifiers.filter((one) => one.startsWith('.')).map((one) => relative(root, normalize(join(dirname(full), one)))),
    packages: specifiers.filter((one) => !one.startsWith('.')).map(packageName),
  };
}

/** What a module's text names in its import and export statements. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const statements = code.matchAll(/^\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]/gms);
  const bare = code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm);
  const dynamic = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [...statements, ...bare, ...dynamic].map(([, specifier]) => specifier ?? '');
}

/** The text with its comments blanked. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}
