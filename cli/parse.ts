import { parseArgs } from 'node:util';
import { usageError } from './command-error.ts';
import { commonFlags, type CommonFlags } from './flags.ts';
import type { Flags, Given, Verb } from './verb.ts';
import { nearest } from '../lib/domain/nearest.ts';

/** What the words of a command line ask for. */
export type Asked =
  | { kind: 'help'; verb?: Verb }
  | { kind: 'version' }
  | { kind: 'run'; verb: Verb; service?: string; words: Record<string, string>; flags: Given<Flags> & CommonFlags };

/** Reads a command line, or says what is wrong with it and what was probably meant. */
export function parse(args: readonly string[], verbs: readonly Verb[]): Asked {
  const { positionals, flags } = read(args, Object.assign({}, ...verbs.map((verb) => verb.flags)) as Flags);
  if (flags.version === true) return { kind: 'version' };
  const [first, ...rest] = positionals;
  if (first === 'help') return rest[0] === undefined ? { kind: 'help' } : { kind: 'help', verb: verbNamed(rest[0], verbs) };
  if (first === undefined) {
    if (flags.help === true) return { kind: 'help' };
    throw usageError(`Which verb? One of: ${namesOf(verbs)}. \`autopilot --help\` tells what each does.`);
  }
  const verb = verbNamed(first, verbs);
  return flags.help === true ? { kind: 'help', verb } : callOf(verb, args);
}

function callOf(verb: Verb, args: readonly string[]): Asked {
  const { positionals, flags, unknown } = read(args, verb.flags);
  for (const name of unknown) throw usageError(unknownFlag(name, verb));
  const [, ...given] = positionals;
  const service = verb.service === 'none' ? undefined : given.shift();
  if (verb.service === 'required' && service === undefined)
    throw usageError(`${verb.name} needs a service: autopilot ${verb.name} CLUSTER/SERVICE`);
  return { kind: 'run', verb, words: wordsOf(verb, given), flags, ...(service === undefined ? {} : { service }) };
}

function wordsOf(verb: Verb, given: string[]): Record<string, string> {
  const words: Record<string, string> = {};
  for (const { name, optional } of verb.words ?? []) {
    const word = given.shift();
    if (word !== undefined) words[name] = word;
    else if (optional !== true) throw usageError(`${verb.name} needs ${name}: see autopilot ${verb.name} --help`);
  }
  if (given.length > 0) throw usageError(`${verb.name} takes no further word; found ${given.join(' ')}`);
  return words;
}

interface Read {
  positionals: string[];
  flags: Given<Flags> & CommonFlags;
  unknown: string[];
}

// Not strict: what is wrong is told in our words, with what was probably meant.
function read(args: readonly string[], own: Flags): Read {
  const known: Flags = { ...own, ...commonFlags };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type }]) => [name, { type, ...(name === 'help' ? { short: 'h' } : {}) }]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const result: Read = { positionals: [], flags: {}, unknown: [] };
  for (const token of tokens) {
    if (token.kind === 'positional') result.positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (flag === undefined) result.unknown.push(token.rawName);
    else Object.assign(result.flags, { [token.name]: valueOf(token, flag) });
  }
  return result;
}

function valueOf(
  { rawName, value }: { rawName: string; value?: string | undefined },
  { type, value: name = 'VALUE' }: Flag,
): string | true {
  if (type === 'boolean') {
    if (value !== undefined) throw usageError(`${rawName} takes no value; found ${value}`);
    return true;
  }
  if (value === undefined || value === '') throw usageError(`${rawName} needs a value: ${rawName} ${name}`);
  return value;
}

type Flag = Flags[string];

function verbNamed(name: string, verbs: readonly Verb[]): Verb {
  const found = verbs.find((verb) => verb.name === name);
  if (found !== undefined) return found;
  const meant = nearest(
    name,
    verbs.map((verb) => verb.name),
  );
  throw usageError(`There is no verb ${name}.${meant === undefined ? '' : ` Did you mean ${meant}?`} The verbs: ${namesOf(verbs)}`);
}

function unknownFlag(raw: string, verb: Verb): string {
  const names = Object.keys({ ...verb.flags, ...commonFlags }).map((name) => `--${name}`);
  const meant = nearest(raw, names);
  return `${verb.name} has no flag ${raw}.${meant === undefined ? '' : ` Did you mean ${meant}?`} Its flags: ${names.join(', ')}`;
}

function namesOf(verbs: readonly Verb[]): string {
  return verbs.map(({ name }) => name).join(', ');
}
