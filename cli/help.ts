import { commonFlags } from './flags.ts';
import { aligned } from './page.ts';
import type { Flags, Verb } from './verb.ts';
import { wrap } from '../lib/notifications/wrap.ts';

/** What `autopilot --help` shows: every verb, the flags of all, and how a command ends. */
export function overview(verbs: readonly Verb[], width: number): string[] {
  return [
    'Usage: autopilot VERB [CLUSTER/SERVICE] [flags]',
    '',
    'Verbs:',
    ...table(
      verbs.map((verb) => [verb.name, verb.summary]),
      width,
    ),
    '',
    'Flags of every verb:',
    ...table(flagRows(commonFlags), width),
    '',
    ...wrap('Exit status: 0 done or nothing to do, 1 refused or failed, 2 usage or configuration, 3 AWS not reachable.', width),
    ...wrap('The configuration is custom.autopilot in the serverless.yml of the current folder.', width),
  ];
}

/** What `autopilot VERB --help` shows. */
export function helpOf(verb: Verb, width: number): string[] {
  const words = (verb.words ?? []).map(({ name, optional }) => (optional === true ? `[${name}]` : name));
  const service = { required: ['CLUSTER/SERVICE'], optional: ['[CLUSTER/SERVICE]'], none: [] }[verb.service];
  const { help: _, version: __, ...common } = commonFlags;
  const { yes, ...reading } = common;
  return [
    ['Usage: autopilot', verb.name, ...service, ...words, '[flags]'].join(' '),
    '',
    ...wrap(`${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.`, width),
    ...(verb.about ?? []).flatMap((sentence) => wrap(sentence, width)),
    '',
    ...table(
      [
        ...(verb.words ?? []).map(({ name, summary }): [string, string] => [name, summary]),
        ...flagRows(verb.flags),
        ...flagRows(verb.changes ? { ...reading, yes } : reading),
      ],
      width,
    ),
  ];
}

function flagRows(flags: Flags): [string, string][] {
  return Object.entries(flags).map(([name, { value, summary }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, summary]);
}

// Two columns, the second wrapped under itself.
function table(rows: [name: string, text: string][], width: number): string[] {
  const first = Math.max(...rows.map(([name]) => name.length), 0) + 4;
  return aligned(rows.flatMap(([name, text]) => wrap(text, width - first).map((line, index) => [`  ${index === 0 ? name : ''}`, line])));
}
