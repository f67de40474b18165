import type { Deployment } from '../domain/deployment.ts';
import type { Head, HeadChange, Opened } from '../domain/head.ts';
import { candidateName } from '../domain/image.ts';

const keptMost = 5;

/** What is open of a service after these deployments entered their states: a failed one opens something, and a live one closes what it replaces. */
export function openAfter({ open = [] }: Pick<Head, 'open'>, told: Deployment[]): Pick<HeadChange, 'open'> {
  const failed = told.flatMap(openedBy);
  const closed = closedBy({ open }, told);
  if (failed.length === 0 && closed.length === 0) return {};
  const others = open.filter((one) => !closed.includes(one) && !failed.some(({ thread }) => thread === one.thread));
  const left = [...others, ...failed].slice(-keptMost);
  return { open: left.length === 0 ? null : left };
}

/** What the live one among these deployments closes: what went wrong before it, and findings on an image that it does not run. */
export function closedBy({ open = [] }: Pick<Head, 'open'>, told: Deployment[]): Opened[] {
  const live = told.find(({ state }) => state === 'live');
  if (live === undefined) return [];
  return open.filter(({ digest }) => Object.values(live.images).every((image) => image.digest !== digest));
}

// Of one that another took over from, the other's messages tell the end.
function openedBy({ id, state, reason, images }: Deployment): Opened[] {
  if (state !== 'failed' && reason.code !== 'back-on-target') return [];
  const names = Object.entries(images).map(([repository, { tag = '', digest }]) => candidateName({ repository, tag, digest }));
  return [{ thread: id, level: 'critical', what: `${names.join(', ') || id} ${state === 'failed' ? 'failed' : 'was rolled back'}` }];
}
