import { charactersOf, namedGroups, readExpression, type Part } from './expression.ts';
import { stepsOf, type Step } from './expression-steps.ts';
import { namesPrerelease } from './version-range.ts';

/** A key of a rule that contradicts another, and what is allowed in its place. */
export interface RuleFault {
  key: string;
  allowed: string;
}

/** What no single key of a rule shows: keys that need another order, and a match from which the order could never read anything. */
export function ruleFaults(rule: Record<string, unknown>): RuleFault[] {
  const { match, order = 'newest', range, prereleases } = rule;
  if (Object.keys(rule).length === 0) return [{ key: '', allowed: 'at least one of match, except, order, range, prereleases' }];
  const versioned = ['range', 'prereleases'].filter((key) => key in rule && order !== 'semver');
  const beside = versioned.map((key) => ({ key, allowed: `${key} belongs to order: semver` }));
  const read = typeof match === 'string' ? readExpression(match) : undefined;
  if (read === undefined || 'fault' in read) return beside;
  const unfinished = prereleases === true || (typeof range === 'string' && namesPrerelease(range));
  const why = groupFault(read.whole, order) ?? unreadable(read.whole, order, unfinished);
  return why === undefined ? beside : [...beside, { key: 'match', allowed: why }];
}

function groupFault(whole: Part[][], order: unknown): string | undefined {
  const names = namedGroups(whole).map(({ name }) => name);
  if (names.some((name) => name !== 'key')) return 'no named group but (?<key>…): nothing reads another; group by (?:…)';
  return names.length > 0 && order === 'newest'
    ? '(?<key>…) beside order: semver, numeric or alphabetical: by push time nothing reads it'
    : undefined;
}

// Only what is certain: a match that no number, or no version, could come out of.
function unreadable(whole: Part[][], order: unknown, unfinished: boolean): string | undefined {
  const [key] = namedGroups(whole);
  const alternatives = (key?.alternatives ?? whole).map((parts) => stepsOf(parts) ?? []);
  const where = key === undefined ? 'around the part to order by, for the whole match' : 'around nothing else, for it';
  if (order === 'numeric' && !alternatives.some(couldBeNumber)) return `(?<key>…) ${where} is never a whole number`;
  if (order === 'semver' && !alternatives.some((steps) => couldBeVersion(steps, unfinished)))
    return `(?<key>…) ${where} is never a version of three parts${unfinished ? '' : ' that is no pre-release'}, such as 1.4.0`;
  return undefined;
}

const digits = '0123456789';
const unfinishedToo = `.-${digits}abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ`;

function couldBeNumber(steps: Step[]): boolean {
  return steps.some((step) => takesAny(step, digits)) && steps.every((step) => !step.needed || takesAny(step, digits));
}

function couldBeVersion(steps: Step[], unfinished: boolean): boolean {
  const first = steps.findIndex(({ needed }) => needed);
  const begins = steps.slice(0, first === -1 ? steps.length : first + 1).some((step) => takesAny(step, `v${digits}`));
  const dots = steps.reduce((count, step) => count + (takesAny(step, '.') ? step.most : 0), 0);
  const strange = (step: Step): boolean => step.needed && !takesAny(step, unfinished ? unfinishedToo : `.v${digits}`);
  return begins && dots >= 2 && !steps.some(strange);
}

function takesAny({ takes }: Step, characters: string): boolean {
  return charactersOf(takes, (character) => characters.includes(character)) !== '';
}
