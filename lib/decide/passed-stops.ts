import { targetRevision, type Deployment } from '../domain/deployment.ts';
import { parsePassed, revisionName } from '../domain/failure.ts';
import type { Head } from '../domain/head.ts';

/** So many stops of a revision that count against nobody are kept one by one: more say nothing new, and a Spot storm must not fill the head. */
const passedMax = 32;
/** And of all revisions so many: the tasks of the one before, which a rollout ends, take no room from those of the one that it begins. */
const passedOfAllMax = 96;
const told = ' for causes that count against nobody: ';

/** Whether the head keeps one more stop that counts against nobody. */
export function hasRoomForPassed({ failures }: Pick<Head, 'failures'>, entry: string): boolean {
  const kept = failures.flatMap((one) => parsePassed(one) ?? []);
  const own = kept.filter(({ revision }) => revision === parsePassed(entry)?.revision);
  return !failures.includes(entry) && own.length < passedMax && kept.length < passedOfAllMax;
}

/** The deployment with the stops of its tasks that did not count, as people are to read it (design, rule 10); itself where there were none. */
export function withPassed({ failures }: Pick<Head, 'failures'>, deployment: Deployment): Deployment {
  const revisions = [deployment.taskDefinition, targetRevision(deployment)].map((arn) => revisionName(arn ?? ''));
  const own = failures.map(parsePassed).filter((stop) => stop !== undefined && revisions.includes(stop.revision));
  const { notes = [] } = deployment;
  if (own.length <= countTold(notes)) return deployment; // What no window reaches any more is forgotten, and stays on record.
  const counts = new Map<string, number>();
  for (const stop of own) counts.set(stop?.category ?? '', (counts.get(stop?.category ?? '') ?? 0) + 1);
  const causes = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([category, count]) => `${count} ${category}`);
  const atLeast = own.length >= passedMax ? 'at least ' : '';
  const note = `${atLeast}${own.length} of its tasks stopped${told}${causes.join(', ')}`;
  return { ...deployment, notes: [...notes.filter((one) => !one.includes(told)), note] };
}

function countTold(notes: string[]): number {
  return Number(/\d+/.exec(notes.find((one) => one.includes(told)) ?? '0'));
}
