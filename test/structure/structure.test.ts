import { describe, expect, it } from '@jest/globals';
import { circles, forbiddenImports, impurities, isBarrel } from './rules.ts';
import { foldersIn, importsOf, rootEntries, sourcesIn, type Source } from './sources.ts';
import { libFolders, rootFolders } from './table.ts';

const places = ['functions', 'lib', 'plugin', 'cli', 'sandbox', 'demo', 'bench', 'test'];
const sources = places.flatMap((place) => sourcesIn(place));
const handlers = sourcesIn('functions');

describe('the structure', () => {
  it('imports only what the table allows', () => {
    expect(sources.flatMap(forbiddenImports)).toEqual([]);
  });

  it('keeps clock, environment and chance out of the pure places', () => {
    expect(sources.flatMap(impurities)).toEqual([]);
  });

  it('has no import circle', () => {
    expect(circles(sources)).toEqual([]);
  });

  it('has no barrel', () => {
    expect(sources.filter(isBarrel).map(({ path }) => path)).toEqual([]);
  });

  it('has no folder that the design does not name', () => {
    expect(rootEntries().filter((name) => !name.includes('.') && !rootFolders.includes(name) && name !== 'LICENSE')).toEqual([]);
    expect(foldersIn('lib').filter((name) => !libFolders.includes(name))).toEqual([]);
  });

  it('keeps every handler within 15 lines', () => {
    expect(handlers.length).toBeGreaterThan(0);
    expect(handlers.filter(({ text }) => text.trimEnd().split('\n').length > 15).map(({ path }) => path)).toEqual([]);
  });

  it('gives each function a flow of its own name', () => {
    const flows = sourcesIn('lib/flows').map(({ path }) => path.slice('lib/flows/'.length));
    expect(handlers.map(({ path }) => path.slice('functions/'.length)).filter((name) => !flows.includes(name))).toEqual([]);
  });

  it('reads the compiled configuration in one place', () => {
    const readers = sourcesIn('lib').filter(({ text }) => text.includes('__AUTOPILOT_CONFIGURATION__'));
    expect(readers.map(({ path }) => path)).toEqual(['lib/config/compiled.ts']);
  });

  it('takes zod by its namespace alone: the named import costs 350 kB', () => {
    expect(sources.filter(({ text }) => /import \{[^}]*\} from 'zod'/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('draws examples from one seed', () => {
    expect(sources.filter(({ packages }) => packages.includes('fast-check')).map(({ path }) => path)).toEqual([
      'test/fixtures/fast-check.ts',
    ]);
  });

  it('mocks none of its own modules', () => {
    expect(
      sourcesIn('test').filter(({ path, text }) => !path.startsWith('test/structure/') && /jest\s*\.\s*(unstable_)?mock/.test(text)),
    ).toEqual([]);
  });
});

const source = (path: string, text: string, imports: string[] = [], packages: string[] = []): Source => ({
  path,
  text,
  imports,
  packages,
});

// A rule that cannot fail guards nothing: each is shown what it must refuse.
describe('the rules of the structure refuse', () => {
  it.each<[what: string, source: Source, complaint: string]>([
    ['a decision that imports a port', source('lib/decide/a.ts', '', ['lib/ports/heads.ts']), 'lib/decide/a.ts imports lib/ports/heads.ts'],
    [
      'a flow that imports the SDK',
      source('lib/flows/a.ts', '', [], ['@aws-sdk/client-ecs']),
      'lib/flows/a.ts imports @aws-sdk/client-ecs',
    ],
    ['the sandbox importing the product', source('sandbox/a.ts', '', ['lib/errors.ts']), 'sandbox/a.ts imports lib/errors.ts'],
    ['anything that imports a function', source('lib/flows/a.ts', '', ['functions/tick.ts']), 'lib/flows/a.ts imports functions/tick.ts'],
    ['a file without a place', source('tools/a.ts', ''), 'tools/a.ts: the table names no place for it'],
  ])('%s', (_, given, complaint) => {
    expect(forbiddenImports(given)).toEqual([complaint]);
  });

  it.each<[what: string, code: string, complaint: string]>([
    ['the clock', 'const at = new Date();', 'lib/decide/a.ts reads the clock'],
    ['the environment', 'const table = process.env["TABLE"];', 'lib/decide/a.ts reads the environment'],
    ['chance', 'const dice = Math.random();', 'lib/decide/a.ts takes chances'],
    ['a timer', 'setTimeout(later, 5);', 'lib/decide/a.ts waits by itself'],
  ])('%s in a pure place', (_, code, complaint) => {
    expect(impurities(source('lib/decide/a.ts', code))).toEqual([complaint]);
  });

  it('not what a comment says of the clock', () => {
    expect(impurities(source('lib/decide/a.ts', '// never new Date()\n/* nor Date.now */'))).toEqual([]);
  });

  it('a circle of two files', () => {
    expect(circles([source('a.ts', '', ['b.ts']), source('b.ts', '', ['a.ts'])])).toEqual(['a.ts → b.ts → a.ts']);
  });

  it('a barrel', () => {
    expect(isBarrel(source('lib/a.ts', "export { a } from './b.ts';\nexport * from './c.ts';\n"))).toBe(true);
    expect(isBarrel(source('lib/a.ts', "export { a } from './b.ts';\nexport const c = 1;\n"))).toBe(false);
  });

  it('imports of every form', () => {
    const text = `import a from 'a';\nimport type { B } from './b.ts';\nimport 'c';\nexport { d } from 'd';\nconst e = await import('e');\nimport {\n  f,\n} from 'f';`;
    expect(importsOf(text).toSorted()).toEqual(['./b.ts', 'a', 'c', 'd', 'e', 'f']);
  });
});
