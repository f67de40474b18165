import { ageGate } from './age.ts';
import { pass, type GateAnswer, type GateFacts } from './gate.ts';
import { holdGate } from './hold.ts';
import { kindGate } from './kind.ts';
import { quarantineGate } from './quarantine.ts';
import { scanGate } from './scan.ts';
import { turnGate } from './turn.ts';
import { watchGate } from './watch.ts';
import type { ServicePolicy } from '../../domain/policy.ts';

// What rejects for good is asked before what waits; whose turn it is, last.
export const gates = {
  kind: kindGate,
  quarantine: quarantineGate,
  scan: scanGate,
  age: ageGate,
  watch: watchGate,
  hold: holdGate,
  turn: turnGate,
};

/** Asks every gate in order; the first that does not let the candidate through answers. */
export function askGates(facts: GateFacts, policy: ServicePolicy, now: Date): GateAnswer {
  const notes: string[] = [];
  for (const gate of Object.values(gates)) {
    const answer = gate(facts, policy, now);
    if (answer.answer !== 'pass') return answer;
    if (answer.note !== undefined) notes.push(answer.note);
  }
  return notes.length === 0 ? pass : { answer: 'pass', note: notes.join('; ') };
}
