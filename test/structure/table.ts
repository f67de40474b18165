/** Who may import whom, as design and docs/decisions/0002 tell it. The first place that a file's path begins with holds for it. */
export interface Place {
  place: string;
  /** Places of the project that it may import, itself aside. */
  from: string[];
  /** Packages that it may import; a trailing * stands for any ending. */
  packages: string[];
  /** Same facts, same answer: no clock, environment or chance. */
  pure?: boolean;
}

const anything = ['*'];

export const table: Place[] = [
  { place: 'functions/', from: ['lib/entry.ts', 'lib/wire.ts', 'lib/flows/', 'lib/events/'], packages: [] },
  { place: 'lib/entry.ts', from: ['lib/errors.ts'], packages: ['@middy/core', 'aws-lambda'] },
  { place: 'lib/wire.ts', from: ['lib/config/', 'lib/adapters/', 'lib/ports/'], packages: [] },
  { place: 'lib/errors.ts', from: [], packages: [], pure: true },
  { place: 'lib/config/', from: ['lib/domain/'], packages: ['zod', 'picomatch', 'semver', 'node:crypto'] },
  {
    place: 'lib/flows/',
    from: ['lib/decide/', 'lib/calendar/', 'lib/notifications/', 'lib/ports/', 'lib/domain/', 'lib/errors.ts'],
    packages: ['node:util'],
    pure: true,
  },
  { place: 'lib/decide/', from: ['lib/domain/'], packages: ['node:crypto'], pure: true },
  { place: 'lib/calendar/', from: ['lib/domain/'], packages: [], pure: true },
  { place: 'lib/notifications/', from: ['lib/domain/'], packages: [], pure: true },
  { place: 'lib/events/', from: ['lib/domain/', 'lib/errors.ts'], packages: ['zod'], pure: true },
  { place: 'lib/ports/', from: ['lib/domain/'], packages: [], pure: true },
  { place: 'lib/adapters/', from: ['lib/ports/', 'lib/domain/', 'lib/errors.ts'], packages: ['@aws-sdk/*', '@smithy/*', 'node:*'] },
  { place: 'lib/domain/', from: [], packages: [], pure: true },
  { place: 'plugin/', from: ['lib/config/', 'lib/domain/'], packages: anything },
  {
    place: 'cli/',
    from: ['lib/config/', 'lib/wire.ts', 'lib/flows/', 'lib/decide/', 'lib/calendar/', 'lib/notifications/', 'lib/domain/'],
    packages: anything,
  },
  { place: 'sandbox/model/', from: [], packages: ['node:crypto', 'croner'], pure: true },
  { place: 'sandbox/', from: [], packages: anything },
  { place: 'demo/', from: [], packages: anything },
  { place: 'bench/', from: ['sandbox/'], packages: anything },
  {
    place: 'test/',
    from: ['functions/', 'lib/', 'plugin/', 'cli/', 'sandbox/', 'demo/', 'bench/'],
    packages: anything,
  },
];

/** Folders at the root; one that is not named here has no place in the design. */
export const rootFolders = [
  'functions',
  'lib',
  'plugin',
  'cli',
  'sandbox',
  'demo',
  'bench',
  'events',
  'test',
  'docs',
  'types',
  'scripts',
  '.ci',
];

/** Folders below lib. */
export const libFolders = ['adapters', 'calendar', 'config', 'decide', 'domain', 'events', 'flows', 'notifications', 'ports'];

/** The place that a file belongs to. */
export function placeOf(path: string): Place | undefined {
  return table.find(({ place }) => path.startsWith(place));
}
