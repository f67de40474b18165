import { verbs, type Verb } from '../domain/command.ts';
import type { CommandFault } from '../domain/command-answer.ts';
import type { CommandTold, ToldCommand } from '../domain/command-told.ts';
import { nearest } from '../domain/nearest.ts';

const digest = /^sha256:[0-9a-f]{64}$/;
const tag = /^\w[\w.-]{0,127}$/;
const printable = /^[^\p{Cc}\p{Cs}]+$/u;

type Fits = (value: unknown) => boolean;

const text = (form: Pick<RegExp, 'test'>, longest: number): Fits => {
  return (value) => typeof value === 'string' && value.length <= longest && form.test(value);
};
/** What may stand in a header: anything else would be a fault of ours when it is replayed. */
const [headerName, headerValue] = [text(/^[\w-]+$/, 100), text(/^[\x20-\x7e]*$/, 8000)];

/** Every member that a command may have: what fits, and what is allowed in words. */
const members = {
  version: { fits: (value) => value === 1, allowed: '1' },
  verb: { fits: (value) => verbs.some((verb) => verb === value), allowed: verbs.join(', ') },
  id: { fits: text(/^[\w.:-]+$/, 64), allowed: 'up to 64 letters, digits and _ . : -' },
  service: { fits: text(/^[^/\s]+\/[^/\s]+$/, 512), allowed: 'CLUSTER/SERVICE, as in the configuration' },
  actor: { fits: text(printable, 100), allowed: 'a name of up to 100 characters' },
  reason: { fits: text(printable, 500), allowed: 'up to 500 characters in one line' },
  to: { fits: text(/^[0-9A-Z]{26}$/, 26), allowed: 'the id of a deployment' },
  image: { fits: (value) => text(digest, 71)(value) || text(tag, 128)(value), allowed: 'a digest (sha256:…) or a tag' },
  repository: { fits: text(printable, 400), allowed: 'a repository, as in the configuration' },
  skipGates: { fits: (value) => typeof value === 'boolean', allowed: 'true or false' },
  until: { fits: text({ test: isInstant }, 24), allowed: 'an instant in UTC, such as 2026-11-25T21:00:00.000Z' },
  digest: { fits: text(digest, 71), allowed: 'a digest: sha256: and 64 hexadecimal digits' },
  proof: {
    fits: isProof,
    allowed: 'method, url, headers and body of a request to STS that was signed for this command',
  },
} satisfies Record<string, { fits: Fits; allowed: string }>;

function isInstant(value: string): boolean {
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value; // The 31st of February would be one in March, or none at all.
}

function isProof(value: unknown): boolean {
  const { method, url, headers, body, ...others } = Object(value) as Record<string, unknown>;
  return [method, url, body].every((one) => typeof one === 'string') && areHeaders(headers) && Object.keys(others).length === 0;
}

function areHeaders(headers: unknown): boolean {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return false;
  return Object.entries(headers).every(([name, value]) => headerName(name) && headerValue(value));
}

type Member = keyof typeof members;

const common: Member[] = ['version', 'id', 'verb', 'actor', 'reason', 'proof'];
/** Per verb what it takes besides, and what of all that it needs. */
const shapes: Record<Verb, { takes: Member[]; needs: Member[] }> = {
  rollback: { takes: ['service', 'to'], needs: ['service'] },
  hold: { takes: ['service'], needs: ['service', 'reason'] }, // Whoever meets the hold must know why.
  resume: { takes: ['service'], needs: ['service'] },
  lift: { takes: ['digest', 'service'], needs: ['digest'] },
  deploy: { takes: ['service', 'image', 'repository', 'skipGates'], needs: ['service', 'image'] },
  cancel: { takes: ['service'], needs: ['service'] },
  wake: { takes: ['service', 'until'], needs: ['service', 'until'] }, // An order without an end would be forgotten.
  sleep: { takes: ['service', 'until'], needs: ['service', 'until'] },
};

/** Reads a command that somebody invoked the function with, or says everything that is wrong with it. Without a version it is taken as version 1. */
export function parseCommand(event: unknown): CommandTold {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return { faults: [{ path: '(all of it)', found: kindOf(event), allowed: 'an object with a verb' }] };
  const told = event as Record<string, unknown>;
  const verb = verbs.find((one) => one === told['verb']);
  if (verb === undefined) return { faults: [faultOf('verb', told['verb'], verbs)] };
  const faults = faultsOf(told, verb);
  return faults.length > 0 ? { faults } : read(told);
}

function faultsOf(told: Record<string, unknown>, verb: Verb): CommandFault[] {
  const known = [...common, ...shapes[verb].takes];
  const signed = told['proof'] === undefined ? [] : (['id'] as const); // Or a proof could serve twice.
  const missing = [...shapes[verb].needs, ...signed].filter((name) => told[name] === undefined);
  const unknown = Object.keys(told).filter((name) => !known.some((one) => one === name));
  const wrong = known.filter((name) => told[name] !== undefined && !members[name].fits(told[name]));
  return [
    ...missing.map((name) => faultOf(name, undefined)),
    ...wrong.map((name) => faultOf(name, told[name])),
    ...unknown.map((name) => ({ ...near(name, known), path: name, found: kindOf(told[name]), allowed: `no such member; ${verb} takes ${known.join(', ')}` })),
  ];
}

function faultOf(name: Member, found: unknown, words?: readonly string[]): CommandFault {
  return { ...near(found, words ?? []), path: name, found: name === 'proof' ? kindOf(found) : shown(found), allowed: members[name].allowed };
}

function near(word: unknown, words: readonly string[]): { nearest?: string } {
  const found = typeof word === 'string' ? nearest(word, words) : undefined;
  return found === undefined ? {} : { nearest: found };
}

function read({ proof, actor, ...rest }: Record<string, unknown>): ToldCommand {
  const { version: _, ...command } = rest;
  return {
    command: command as unknown as ToldCommand['command'],
    members: rest as ToldCommand['members'],
    ...(proof === undefined ? {} : { proof: proof as NonNullable<ToldCommand['proof']> }),
    ...(actor === undefined ? {} : { claimed: actor as string }),
  };
}

// A text helps whoever mistyped it; of anything else the kind does, and a proof belongs in no log.
function shown(found: unknown): string {
  return typeof found === 'string' ? JSON.stringify(found.slice(0, 100)) : kindOf(found);
}

function kindOf(found: unknown): string {
  if (found === undefined) return 'nothing';
  if (found === null) return 'null';
  return Array.isArray(found) ? 'an array' : `a value of type ${typeof found}`;
}
