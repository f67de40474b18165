import type { CallStep, FidelityCase, Step } from './case.ts';
import { listen } from './listening.ts';
import type { Listener } from './listening.ts';
import { differences } from './matching.ts';
import type { Difference } from './matching.ts';
import { at, filledIn } from './names.ts';
import type { Saved } from './names.ts';
import type { Target } from './target.ts';

/** A step that went otherwise than the case tells. */
export interface Deviation extends Difference {
  step: number;
  did: string;
}

/** Runs the steps of a case in order, and ends at the first that deviates: what follows may rest on it. */
export async function run(told: FidelityCase, target: Target, unique: string): Promise<Deviation[]> {
  const saved: Saved = { unique, subnet: target.subnet };
  const listener = told.listens && (await listen(target, filledIn(told.listens, saved), saved));
  try {
    return await runSteps(told.steps, target, saved, listener);
  } finally {
    await listener?.end();
  }
}

async function runSteps(steps: Step[], target: Target, saved: Saved, listener: Listener | undefined): Promise<Deviation[]> {
  for (const [i, step] of steps.entries()) {
    const found = await perform(filledIn(step, saved), target, saved, listener);
    if (found.length > 0) return found.map((difference) => ({ step: i + 1, did: nameOf(step), ...difference }));
  }
  return [];
}

async function perform(step: Step, target: Target, saved: Saved, listener?: Listener): Promise<Difference[]> {
  if ('passSeconds' in step) {
    await target.passSeconds(step.passSeconds);
    return [];
  }
  if ('call' in step) return await call(step, target, saved);
  const heard = (await listener?.heard()) ?? [];
  if ('hears' in step) return inOrder(step.hears, heard);
  const unwanted = heard.filter((event) => step.doesNotHear.some((wanted) => differences(wanted, event).length === 0));
  return unwanted.map((event) => ({ path: 'event', expected: 'not told', found: event }));
}

async function call(
  { call: named, input = {}, answer, refused, save = {} }: CallStep,
  target: Target,
  saved: Saved,
): Promise<Difference[]> {
  const [service = '', operation = ''] = named.split(' ');
  const found = await answered(target, service, operation, input);
  if (refused !== undefined)
    return found.error === undefined ? [{ path: 'error', expected: refused, found: found.output }] : differences(refused, found.error);
  if (found.error !== undefined) return [{ path: 'error', expected: 'none', found: found.error }];
  for (const [name, path] of Object.entries(save)) saved[name] = String(at(found.output, path));
  return differences(filledIn(answer ?? {}, saved), found.output);
}

async function answered(target: Target, service: string, operation: string, input: object): Promise<{ output?: object; error?: object }> {
  try {
    return { output: await target.call(service, operation, input) };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: { name, message } };
  }
}

/** Each expected event is told after the one before it. */
function inOrder(expected: Record<string, unknown>[], heard: unknown[]): Difference[] {
  let from = 0;
  for (const wanted of expected) {
    const index = heard.findIndex((event, i) => i >= from && differences(wanted, event).length === 0);
    if (index < 0) return [{ path: 'event', expected: wanted, found: heard.slice(from).map(brief) }];
    from = index + 1;
  }
  return [];
}

function brief(event: unknown): unknown {
  const { 'detail-type': type, detail } = event as Record<string, unknown>;
  return { 'detail-type': type, detail };
}

function nameOf(step: Step): string {
  if ('call' in step) return step.call;
  if ('passSeconds' in step) return `${step.passSeconds} seconds pass`;
  return 'hears' in step ? 'the bus tells' : 'the bus does not tell';
}
