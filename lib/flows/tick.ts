import { attendService, type AttendNeeds } from './attend-service.ts';
import { enrol, type EnrolNeeds } from './enrol.ts';
import { foldTold } from './fold-told.ts';
import type { SleeperNeeds } from './look-at-sleepers.ts';
import { patientOnce } from './patient-once.ts';
import { catchUp, reconcileRepository, type ReconcileNeeds } from './reconcile-repository.ts';
import { turnsAt } from '../decide/turns.ts';
import { countableOf } from '../decide/verdict.ts';
import { toInstant, type Instant } from '../domain/instant.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { RepositoryName } from '../domain/image.ts';
import { TransientError } from '../errors.ts';
import type { DueItem, DueList } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Metrics } from '../ports/metrics.ts';

export interface TickNeeds extends AttendNeeds, EnrolNeeds, ReconcileNeeds {
  services: AttendNeeds['services'];
  dueList: DueList;
  /** Finds who was scaled up while it slept. Absent where none sleeps. */
  lookAtSleepers?: (needs: SleeperNeeds, at: Instant, invocation: Invocation) => Promise<void>;
}

/** How much of what is due one tick takes on; the rest is due a minute later, oldest first. */
export const dueMax = 200;
/** Work on a service is not begun when less than this is left: what it begins it must be able to record. */
const leastMs = 25_000;
const lanes = 4;

/** The wake-up of every minute: enrols, then does whatever is due and no event announced. */
export async function tick({ topic, ...others }: TickNeeds, invocation: Invocation, scheduledFor?: Instant): Promise<void> {
  const needs = { ...others, topic: patientOnce(topic) };
  const [enrolled] = await Promise.allSettled([enrol(needs, invocation)]);
  const { items, rest } = await needs.dueList.due(toInstant(invocation.now), dueMax);
  const services = items.flatMap((item) => (item.kind === 'head' ? [item.service] : []));
  let attended = 0;
  await foldTold(needs, services, invocation, async (folding) => {
    attended = await attendAll(folding, await urgentFirst(needs, services), invocation);
  });
  const { metrics, counted } = counting(needs.metrics);
  const at = scheduledFor ?? toInstant(invocation.now);
  if (invocation.remainingMs() > leastMs) await needs.lookAtSleepers?.(needs, at, invocation);
  const pages = await reconcile({ ...needs, metrics }, items, at, invocation);
  invocation.log('tick', { due: items.length, more: rest, attended, pages, healed: counted() });
  if (enrolled.status === 'rejected') throw enrolled.reason; // What is due was done all the same; the next tick enrols again.
}

// How many lost events were found stands in the tick's own line too, for whoever has no metrics.
function counting(metrics: Metrics): { metrics: Metrics; counted: () => number } {
  let healed = 0;
  const put: Metrics['put'] = (name, value) => {
    if (name === 'LostEventsHealed') healed += value;
    metrics.put(name, value);
  };
  return { metrics: { put }, counted: () => healed };
}

/** Services on their way back, or whose tasks fail, before all others. */
async function urgentFirst({ heads }: TickNeeds, services: ServiceKey[]): Promise<ServiceKey[]> {
  const read = await Promise.allSettled(services.map((service) => heads.read(service)));
  const urgency = read.map((one) => (one.status === 'fulfilled' ? urgencyOf(one.value) : 0)); // Whoever attends to it reads it again.
  const ranked = services.map((service, index) => ({ service, rank: urgency[index] ?? 0 }));
  return ranked.toSorted((a, b) => b.rank - a.rank).map(({ service }) => service);
}

function urgencyOf(head: Head | undefined): number {
  return (head?.current?.state === 'rolling-back' ? 2 : 0) + (head !== undefined && countableOf(head) > 0 ? 1 : 0);
}

// A few services at a time: each waits mostly for AWS, and the account's rates are kept by the adapters.
async function attendAll(needs: TickNeeds, services: ServiceKey[], invocation: Invocation): Promise<number> {
  const queue = [...services];
  let attended = 0;
  const lane = async (): Promise<void> => {
    for (let service = queue.shift(); service !== undefined && invocation.remainingMs() > leastMs; service = queue.shift()) {
      await attendOne(needs, service, invocation).catch(
        (error: unknown) => invocation.log('left due', { service, error: String(error) }), // It holds up no other.
      );
      attended += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return attended;
}

async function attendOne(needs: TickNeeds, service: ServiceKey, invocation: Invocation): Promise<void> {
  const policy = needs.configuration.services[service];
  if (policy !== undefined) return attendService(needs, service, policy, invocation);
  const head = await needs.heads.read(service);
  invocation.log('no longer configured', { service });
  if (head !== undefined) await needs.heads.change(service, head.version, { dueAt: null });
}

// Whose turn it is comes first; listings that go on, and what failed, take the pages that are left.
async function reconcile(needs: TickNeeds, items: DueItem[], at: Instant, invocation: Invocation): Promise<number> {
  const turns = turnsAt(needs.configuration, at);
  const due = items.flatMap((item) => (item.kind === 'repository' && !turns.includes(item.repository) ? [item.repository] : []));
  let left = needs.configuration.reconcile.perMinute;
  for (const [index, repository] of [...turns, ...due].entries()) {
    const others = Math.max(0, turns.length - index - 1);
    const occasion = index < turns.length ? 'turn' : 'due';
    if (left > 0 && invocation.remainingMs() > leastMs) {
      left -= await reconcileRepository(needs, repository, Math.max(1, left - others), occasion, invocation).catch((error: unknown) =>
        failed(needs, repository, error, invocation),
      );
    } else if (occasion === 'turn') await catchUp(needs, repository, invocation);
  }
  return needs.configuration.reconcile.perMinute - left;
}

// One repository's fault must not keep the others from their turn, and it has its own before the round is over.
async function failed(needs: TickNeeds, repository: RepositoryName, error: unknown, invocation: Invocation): Promise<number> {
  await catchUp(needs, repository, invocation).catch(() => {});
  invocation.log('reconciliation failed', { repository, error: String(error), transient: error instanceof TransientError });
  return 1;
}
