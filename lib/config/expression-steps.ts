import { charactersOf, tagCharacters, type Group, type Part, type Single } from './expression.ts';

/** What an expression takes one after the other; of alternatives each is one that may be left out. */
export interface Step {
  takes: string;
  /** Whether no match goes without it. */
  needed: boolean;
  /** At most so many characters. */
  most: number;
  /** The ways to take it, on a scale on which one repetition over a whole tag counts 1 and no choice 0. */
  choice: number;
}

const tagLengthMax = 128;
/** A group that repeats more often than this counts as one without bound. */
const repeatsMax = 8;

/** The steps of a sequence of parts; undefined where a group repeats without bound that can itself vary, and so the ways are beyond counting. */
export function stepsOf(parts: Part[]): Step[] | undefined {
  const steps = parts.map((part) => ('takes' in part ? [stepOf(part)] : stepsOfGroup(part)));
  return steps.some((some) => some === undefined) ? undefined : steps.flatMap((some) => some ?? []);
}

function stepOf({ takes, least, most }: Single): Step {
  return { takes, needed: least > 0, most, choice: choiceOf(most - least + 1) };
}

function stepsOfGroup({ alternatives, least, most, looks }: Group): Step[] | undefined {
  const inside = alternatives.map(stepsOf);
  if (inside.some((steps) => steps === undefined)) return undefined;
  const once = inside.flatMap((steps) => steps ?? []);
  if (most > repeatsMax) return isFixed(alternatives, once) ? [asOne(once, least, most)] : undefined;
  const needed = alternatives.length === 1 && looks === undefined;
  const either = { takes: unionOf(once), needed: false, most: 0, choice: choiceOf(alternatives.length) };
  return Array.from({ length: most }, (_, time) => [
    either,
    ...once.map((step) => ({ ...step, needed: step.needed && needed && time < least })),
    ...(time < least ? [] : [{ ...either, choice: choiceOf(2) }]),
  ]).flat();
}

function isFixed(alternatives: Part[][], steps: Step[]): boolean {
  return alternatives.length === 1 && steps.every(({ choice }) => choice === 0);
}

function asOne(steps: Step[], least: number, most: number): Step {
  return { takes: unionOf(steps), needed: least > 0, most: Infinity, choice: choiceOf(most - least + 1) };
}

function unionOf(steps: Step[]): string {
  return charactersOf(tagCharacters, (character) => steps.some(({ takes }) => takes.includes(character)));
}

function choiceOf(ways: number): number {
  return Math.log(Math.min(ways, tagLengthMax)) / Math.log(tagLengthMax);
}
