import { pass, type Gate } from './gate.ts';
import { isPast, plusMs } from '../../domain/instant.ts';

/** A cool-down: an image deploys no sooner than so long after its push. */
export const ageGate: Gate = ({ candidate }, { gates }, now) => {
  if (gates?.ageMs === undefined) return pass;
  const until = plusMs(candidate.pushedAt, gates.ageMs);
  if (isPast(until, now)) return pass;
  const text = `images wait until they are ${Math.round(gates.ageMs / 1000)} s old; it was pushed at ${candidate.pushedAt}`;
  return { answer: 'wait', until, reason: { code: 'too-young', text } };
};
