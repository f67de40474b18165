import { describeRow } from './stopped-task/describe-row.ts';
import { withPassed } from './passed-stops.ts';
import { failuresBehind, mainCause } from './verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';

/**
 * A condemned deployment with what its tasks died of, where they did: that is what people ask first. It goes on record here, so that
 * messages are made from the record alone, and functions that judge nothing carry no explanations.
 */
export function diagnosed(head: Head, condemned: Deployment): Deployment {
  const row = mainCause(head, condemned);
  const diagnosis = row === undefined ? undefined : describeRow(row);
  const known = withPassed(head, condemned);
  if (diagnosis === undefined) return known;
  const times = failuresBehind(head, condemned).toSorted();
  const [first = '', last = first] = [times.at(0), times.at(-1)];
  return { ...known, diagnosis: { ...diagnosis, failed: { tasks: times.length, first, last } } };
}
