import { printTable } from './report.ts';
import type { Call } from './world.ts';

/** A call in its place: how many calls, it included, had to be made one after the other until it was answered. */
export interface Placed {
  call: Call;
  step: number;
}

/** Places calls by their times: a call comes a step after the last of those that were answered before it began. */
export function inSteps(calls: Call[]): Placed[] {
  const placed: Placed[] = [];
  for (const call of calls.toSorted((a, b) => a.startedMs - b.startedMs)) {
    const before = placed.filter(({ call: { endedMs } }) => endedMs <= call.startedMs).map(({ step }) => step);
    placed.push({ call, step: 1 + Math.max(0, ...before) });
  }
  return placed;
}

/** Prints the calls in order; those that share a step ran side by side. */
export function printSteps(placed: Placed[], sinceMs: number): void {
  const rows = placed.map(({ call, step }) => [
    `${call.service} ${call.operation}${subjectOf(call)}`,
    String(step),
    (call.startedMs - sinceMs).toFixed(0),
    (call.endedMs - sinceMs).toFixed(0),
    call.error ?? '',
  ]);
  printTable(['call', 'step', 'begins, ms', 'answered, ms', ''], rows);
}

// What a call to the table is about says more than the name of the operation.
function subjectOf({ service, input }: Call): string {
  const { Key } = (input ?? {}) as { Key?: { pk?: { S?: string }; sk?: { S?: string } } };
  if (service !== 'dynamodb' || Key === undefined) return '';
  return ` ${Key.pk?.S?.split('#')[0] ?? ''} / ${Key.sk?.S?.split(/[#:]/)[0] ?? ''}`;
}
