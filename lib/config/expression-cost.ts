import { charactersOf, type Part } from './expression.ts';
import { stepsOf, type Step } from './expression-steps.ts';

/** Three repetitions over the same characters: a few hundred thousand ways on the longest tag, a few milliseconds. */
const choicesMax = 3;

/** Why an expression could keep a function busy for ever on some tag of 128 characters; undefined when it cannot. */
export function endlessness(alternatives: Part[][]): string | undefined {
  const sequences = alternatives.map(stepsOf);
  if (sequences.some((steps) => steps === undefined))
    return 'one that repeats no group that can itself vary, as (a+)+ and (a|b)* do: some tags would keep it busy for ever. Repeat a single character or class';
  const costly = sequences.some((steps) => (steps ?? []).some((_, from) => choicesFrom(steps ?? [], from) > choicesMax));
  return costly
    ? 'one with at most three repetitions in a row that take the same characters, as .*.*.*.* does not: some tags would keep it busy too long'
    : undefined;
}

// From one step on: how many choices share characters before something must be taken that none of them takes, and so settles them.
function choicesFrom(steps: Step[], from: number): number {
  let shared = steps[from]?.takes ?? '';
  let choices = 0;
  for (const { takes, needed, choice } of steps.slice(from)) {
    const both = charactersOf(shared, (character) => takes.includes(character));
    if (both === '' && needed) return choices;
    if (both === '' || choice === 0) continue;
    shared = both;
    choices += choice;
  }
  return choices;
}
