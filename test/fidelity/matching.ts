/** How something found differs from what was expected of it. */
export interface Difference {
  path: string;
  expected: unknown;
  found: unknown;
}

type Matcher = (expected: unknown, found: unknown, path: string) => Difference[];

/** Matchers in plain data: an object of one member whose name begins with `$`. */
const matchers: Record<string, Matcher> = {
  $matches: (pattern, found, path) =>
    unless(typeof found === 'string' && new RegExp(String(pattern)).test(found), path, `/${String(pattern)}/`, found),
  $any: (type, found, path) => unless(kindOf(found) === type, path, `any ${String(type)}`, found),
  $not: (unwanted, found, path) => unless(differences(unwanted, found).length > 0, path, { $not: unwanted }, found),
  $absent: (_, found, path) => unless(found === undefined || found === null, path, 'nothing', found),
  $length: (length, found, path) => unless(Array.isArray(found) && found.length === length, path, `${String(length)} items`, found),
  $holds: (items, found, path) => holds(items as unknown[], found, path),
  $json: (expected, found, path) => differences(expected, typeof found === 'string' ? JSON.parse(found) : found, path),
};

/** Where what was found differs. An expected object may have more members than it names; a list has just those items. */
export function differences(expected: unknown, found: unknown, path = '$'): Difference[] {
  if (isRecord(expected)) return inRecord(expected, found, path);
  if (Array.isArray(expected)) return inList(expected, found, path);
  return unless(Object.is(expected, found), path, expected, found);
}

function inRecord(expected: Record<string, unknown>, found: unknown, path: string): Difference[] {
  const [first, ...others] = Object.entries(expected);
  const matcher = first !== undefined && others.length === 0 ? matchers[first[0]] : undefined;
  if (first !== undefined && matcher !== undefined) return matcher(first[1], found, path);
  if (!isRecord(found)) return [{ path, expected, found }];
  return Object.entries(expected).flatMap(([member, wanted]) => differences(wanted, found[member], `${path}.${member}`));
}

function inList(expected: unknown[], found: unknown, path: string): Difference[] {
  if (!Array.isArray(found) || found.length !== expected.length) return [{ path, expected, found }];
  return expected.flatMap((wanted, i) => differences(wanted, found[i], `${path}[${i}]`));
}

/** Each expected item is somewhere in the list, whatever else is. */
function holds(expected: unknown[], found: unknown, path: string): Difference[] {
  const list: unknown[] = Array.isArray(found) ? found : [];
  const missing = expected.filter((wanted) => !list.some((item) => differences(wanted, item).length === 0));
  return missing.map((wanted) => ({ path, expected: wanted, found }));
}

function unless(matched: boolean, path: string, expected: unknown, found: unknown): Difference[] {
  return matched ? [] : [{ path, expected, found }];
}

function kindOf(value: unknown): string {
  if (value instanceof Date) return 'instant';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
