import { CommandError, usageError, type Status } from './command-error.ts';
import { endpointOf } from './endpoint.ts';
import { explain } from './explain.ts';
import type { CommonFlags } from './flags.ts';
import type { FrameworkConfiguration } from './framework.ts';
import { helpOf, overview } from './help.ts';
import { fitted, type Page } from './page.ts';
import { parse, type Asked } from './parse.ts';
import { policyOf, settingsOf } from './settings.ts';
import type { Verb } from './verb.ts';
import type { CommandLineEndpoint, CommandLineNeeds } from '../lib/wire.ts';

/** Everything around a command: what it reads, and where it writes. */
export interface Surroundings {
  env: Record<string, string | undefined>;
  now: (at: CommandLineEndpoint) => Promise<Date>;
  version: string;
  page: Page;
  /** Whether somebody sits there and can be asked. */
  isAsked: boolean;
  out: (text: string) => void;
  err: (text: string) => void;
  ask: (question: string) => Promise<boolean>;
  configurationOf: (flags: CommonFlags) => Promise<FrameworkConfiguration>;
  wire: (at: CommandLineEndpoint, table: string) => CommandLineNeeds;
}

/** Runs one command to its end. */
export async function run(args: readonly string[], verbs: readonly Verb[], surroundings: Surroundings): Promise<Status> {
  const json = args.includes('--json');
  let endpoint: CommandLineEndpoint | undefined;
  try {
    const asked = parse(args, verbs);
    if (asked.kind !== 'run') return show(asked, verbs, surroundings);
    return await carryOut(asked, surroundings, (chosen) => (endpoint = chosen));
  } catch (error) {
    const { status, text, ours } = explain(error, endpoint);
    if (json) surroundings.out(JSON.stringify({ error: { status, text } }));
    else surroundings.err(ours === true ? text : fitted(text, surroundings.page.width));
    return status;
  }
}

function show(asked: Exclude<Asked, { kind: 'run' }>, verbs: readonly Verb[], { out, page, version }: Surroundings): Status {
  if (asked.kind === 'version') out(version);
  else out((asked.verb === undefined ? overview(verbs, page.width) : helpOf(asked.verb, page.width)).join('\n'));
  return 0;
}

async function carryOut(
  { verb, service, words, flags }: Extract<Asked, { kind: 'run' }>,
  surroundings: Surroundings,
  onEndpoint: (at: CommandLineEndpoint) => void,
): Promise<Status> {
  const { out, page } = surroundings;
  const settings = settingsOf(await surroundings.configurationOf(flags), flags);
  const policy = service === undefined ? undefined : policyOf(service, settings);
  const endpoint = endpointOf(flags.sandbox === true, settings.region, surroundings.env);
  onEndpoint(endpoint);
  const now = await surroundings.now(endpoint);
  const needs = surroundings.wire(endpoint, settings.prefix);
  if (verb.changes)
    await confirm(verb, service, flags, { ...surroundings, needs, place: `region ${endpoint.region}, stage ${settings.stage}` });
  const report = await verb.run({ policy, words, flags, settings: { ...settings, region: endpoint.region }, needs, now, page });
  out(flags.json === true ? JSON.stringify(report.data, undefined, 2) : report.lines.join('\n'));
  return report.status ?? 0;
}

type Confirmation = Surroundings & { needs: CommandLineNeeds; place: string };

// Where the change would happen is told on the side, so that what is answered stays whole for machines.
async function confirm(
  verb: Verb,
  service: string | undefined,
  { yes, json }: CommonFlags,
  { err, ask, isAsked, needs, place }: Confirmation,
): Promise<void> {
  const { account } = await needs.caller.identity();
  err(`Account ${account}, ${place}`);
  if (yes === true) return;
  if (!isAsked || json === true) throw usageError(`${verb.name} changes something, and there is nobody to ask: add --yes`);
  const question = `${verb.name}${service === undefined ? '' : ` ${service}`}: go on?`;
  if (!(await ask(question))) throw new CommandError(1, 'Nothing was changed.');
}
