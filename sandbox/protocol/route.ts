import type { Traits } from './schema.ts';

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
}

/** Matches a request with an operation's method and path; answers the labels in the path, undefined where it is another operation's. */
export function matchRoute([method, template]: NonNullable<Traits['http']>, asked: Asked): Record<string, string> | undefined {
  if (method !== asked.method) return undefined;
  const [path = '', fixed = ''] = template.split('?');
  if (![...new URLSearchParams(fixed)].every(([name, value]) => asked.query.get(name) === value)) return undefined;
  const expected = segments(path);
  const found = segments(asked.path);
  const greedy = expected.findIndex((segment) => segment.endsWith('+}'));
  if (greedy < 0 && expected.length !== found.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const text = index === greedy ? found.slice(index).join('/') : found[index];
    if (text === undefined || text === '') return undefined;
    if (!segment.startsWith('{')) {
      if (segment !== text) return undefined;
    } else labels[segment.replace(/[{}+]/g, '')] = decodeURIComponent(text);
  }
  return labels;
}

function segments(path: string): string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}
