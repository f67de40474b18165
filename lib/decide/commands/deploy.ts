import { ageGate } from '../gates/age.ts';
import type { GateFacts } from '../gates/gate.ts';
import { kindGate } from '../gates/kind.ts';
import { quarantineGate } from '../gates/quarantine.ts';
import { scanGate } from '../gates/scan.ts';
import { isOnRecord, turnGate } from '../gates/turn.ts';
import { leave, nothingToDo, refuse, watchOnly, type Settled } from './settled.ts';
import type { DeployCommand } from '../../domain/command.ts';
import { candidateName } from '../../domain/image.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';

export interface DeployCommandFacts extends GateFacts {
  /** Whether it is the newest that the policy takes: anything else is held where it is put. */
  newest: boolean;
}

export type DeployCommandDecision = Settled | { action: 'deploy'; reason: Reason; notes: string[]; holds: boolean };

/** What a deployment ordered by hand comes to: never past a quarantine, past cool-down and scan only where that is ordered too, past a hold always. */
export function decideDeployCommand(
  facts: DeployCommandFacts,
  command: DeployCommand,
  policy: ServicePolicy,
  now: Date,
): DeployCommandDecision {
  const { candidate, head, service, newest } = facts;
  const barred = [kindGate, quarantineGate].map((gate) => gate(facts, policy, now)).find(({ answer }) => answer === 'reject');
  if (barred?.answer === 'reject') return refuse(barred.reason, liftFirst(barred.reason, command, candidate.digest));
  if (policy.mode === 'watch') return watchOnly('nothing is deployed');
  const running = runsIt(facts);
  if (running !== undefined) return nothingToDo({ code: 'already-running', text: 'the service runs this digest' }, { deployment: running });
  const asked = [scanGate, ageGate].map((gate) => gate(facts, policy, now));
  const against = asked.flatMap((answer) => (answer.answer === 'pass' ? [] : [answer.reason]));
  const [first] = against;
  if (first !== undefined && command.skipGates !== true)
    return refuse({ ...first, text: `${first.text}; ordered to skip the gates, it is deployed all the same` });
  if (service !== undefined && !isOnRecord(head, service, now)) return leave('what the service runs is not on record yet');
  const turn = turnGate(facts, policy, now);
  if (turn.answer === 'wait') return leave(turn.reason.text);
  const why = command.reason === undefined ? '' : `: ${command.reason}`;
  const reason: Reason = { code: 'by-hand', text: `${command.actor} ordered ${candidateName(candidate)}${why}` };
  return {
    action: 'deploy',
    reason,
    notes: notesOf(
      against,
      asked.flatMap((one) => ('note' in one ? [one.note] : [])),
    ),
    holds: !newest,
  };
}

function runsIt({ head: { current }, candidate }: DeployCommandFacts): string | undefined {
  const going = current?.state === 'deploying' || current?.state === 'baking' || current?.state === 'live';
  return going && current.images[candidate.repository]?.digest === candidate.digest ? current.id : undefined;
}

function liftFirst({ code }: Reason, { service }: DeployCommand, digest: string): { next?: string[] } {
  if (code === 'quarantined') return { next: [`If it was not to blame, lift ${digest} first; then order it again.`] };
  return code === 'barred' ? { next: [`If it was not to blame, lift ${digest} on ${service} first; then order it again.`] } : {};
}

function notesOf(skipped: Reason[], notes: (string | undefined)[]): string[] {
  return [...skipped.map(({ text }) => `the gates were skipped by order, though ${text}`), ...notes.filter((note) => note !== undefined)];
}
