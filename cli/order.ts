import { randomUUID } from 'node:crypto';
import { CommandError } from './command-error.ts';
import { targetLines } from './targets.ts';
import type { Call, Report } from './verb.ts';
import { commandHash } from '../lib/decide/commands/proof.ts';
import type { Verb } from '../lib/domain/command.ts';
import type { CommandAnswer, CommandFault } from '../lib/domain/command-answer.ts';
import { sentence } from '../lib/notifications/wording.ts';
import { wrap } from '../lib/notifications/wrap.ts';

type Members = Record<string, string | number | boolean>;

/** What is ordered; what is undefined was not given. */
export type Order = { verb: Verb } & Record<string, string | boolean | undefined>;

/** Orders it of the function, with a proof of who does, and reports what the function answers. */
export async function order({ needs, settings, page }: Pick<Call, 'needs' | 'settings' | 'page'>, asked: Order): Promise<Report> {
  const { account } = await needs.caller.identity(); // Also tells the SDK what time it is there, for the signature.
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  const command = { version: 1, id: randomUUID(), ...Object.fromEntries(given) } as Members;
  const audience = [account, settings.region, settings.stage].join('/');
  const proof = await needs.signer.sign(commandHash(command, audience));
  return reportOf(await needs.commands.send({ ...command, proof }), page);
}

/** What the function answered, for people and for machines. */
export function reportOf(answer: CommandAnswer, page: Call['page']): Report {
  if (answer.faults !== undefined) throw new CommandError(2, answer.faults.map(faultLine).join('\n'));
  const { outcome, reason, deployment, next = [], targets } = answer;
  const lines = [
    ...wrap(`${page.paint(styles[outcome], headings[outcome])} ${sentence(reason.text)}`, page.width),
    ...(deployment === undefined ? [] : [`Deployment ${deployment}`]),
    ...next.flatMap((step) => wrap(step, page.width)),
    ...(targets === undefined ? [] : targetLines(targets)),
  ];
  return { lines, data: answer, status: outcome === 'refused' ? 1 : 0 };
}

const headings = { done: 'Done:', 'nothing-to-do': 'Nothing to do:', accepted: 'Accepted:', refused: 'Refused:' } as const;
const styles = { done: 'green', 'nothing-to-do': 'green', accepted: 'yellow', refused: 'red' } as const;

function faultLine({ path, found, allowed, nearest }: CommandFault): string {
  return `${path}: found ${found}, allowed ${allowed}${nearest === undefined ? '' : `. Did you mean ${nearest}?`}`;
}
