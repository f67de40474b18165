import { attemptsMax } from './context.ts';
import { tell } from './tell.ts';
import { repositoriesOf } from '../decide/turns.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head, HeadFields } from '../domain/head.ts';
import { toInstant } from '../domain/instant.ts';
import type { Configuration, ServicePolicy } from '../domain/policy.ts';
import { describeEnrolled } from '../notifications/describe-event.ts';
import type { Enrolled, Enrolment, Pending } from '../ports/enrolment.ts';
import type { Heads } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Repositories } from '../ports/repositories.ts';
import type { Topic } from '../ports/topic.ts';

export interface EnrolNeeds {
  configuration: Configuration;
  enrolment: Enrolment;
  heads: Heads;
  repositories: Repositories;
  topic: Topic;
}

/** How many services one tick enrols: it has other work, and the next tick goes on. */
export const portion = 100;

/** After a deployment of the product itself: creates what is missing, makes every head due, in portions, and the hash last. */
export async function enrol(needs: EnrolNeeds, invocation: Invocation): Promise<void> {
  const { configuration, enrolment } = needs;
  const { hash, ...enrolled } = await enrolment.read();
  if (hash === configuration.hash) return;
  const services = Object.keys(configuration.services).toSorted();
  const repositories = repositoriesOf(configuration);
  const begun = enrolled.pending?.hash === configuration.hash ? enrolled.pending : { hash: configuration.hash, done: 0 };
  const pending = begun.done < services.length ? await enrolPortion(needs, services, begun, invocation) : begun;
  if (pending !== begun) {
    const last = pending.done === services.length;
    if (last) await Promise.all(repositories.map((repository) => enrolRepository(needs, repository, invocation)));
    // Without the old hash, for neither configuration is whole now; with the last portion, for a refused message must not begin it anew.
    await enrolment.write({ ...enrolled, pending });
    if (!last) return;
  }
  await finish(needs, { hash: configuration.hash, services, repositories }, enrolled.services, pending, invocation);
}

async function enrolPortion(needs: EnrolNeeds, services: ServiceKey[], { hash, ...begun }: Pending, { now }: Invocation): Promise<Pending> {
  const part = services.slice(begun.done, begun.done + portion);
  const targeted = await Promise.all(part.map((service) => enrolService(needs, service, now)));
  const untargeted = (begun.untargeted ?? 0) + targeted.filter((has) => !has).length;
  return { hash, done: begun.done + part.length, untargeted };
}

async function finish(
  { topic, enrolment }: EnrolNeeds,
  now: Enrolled & { hash: string },
  before: ServiceKey[],
  { untargeted = 0 }: Pending,
  invocation: Invocation,
): Promise<void> {
  const left = before.filter((service) => !now.services.includes(service));
  const facts = { watched: now.services.length, untargeted, left, hash: now.hash };
  await tell(topic, describeEnrolled({ ...facts, at: toInstant(invocation.now) }));
  await enrolment.write(now);
  invocation.log('enrolled', { ...facts, repositories: now.repositories.length });
}

type Schedulable = Pick<ServicePolicy, 'offPeak' | 'managed'>;

/** A head that nothing is known of yet: the same tick looks at its service, takes what runs as its baseline, and asks its schedule. */
export function newHead({ offPeak, managed }: Schedulable, now: Date): HeadFields {
  const head = { enrolledAt: toInstant(now), verified: [], waiting: {}, seen: {}, barred: {}, owed: [], dueAt: toInstant(now) };
  return offPeak === undefined || !managed ? head : { ...head, offPeakAt: toInstant(now) };
}

// Answers whether the service has a verified deployment to go back to.
async function enrolService({ heads, configuration }: EnrolNeeds, service: ServiceKey, now: Date): Promise<boolean> {
  const policy = configuration.services[service] ?? { managed: false };
  if (await heads.create(service, newHead(policy, now))) return false;
  const head = await heads.read(service);
  if (head === undefined) return false;
  await makeDue(heads, head, policy, now);
  return head.verified.length > 0;
}

// Whoever was faster may have computed its dueAt by the configuration before. What is taken is due soon in any case, its schedule alone is not.
async function makeDue(heads: Heads, found: Head, { offPeak, managed }: Schedulable, now: Date): Promise<void> {
  const at = toInstant(now);
  let head: Head | undefined = found;
  for (let attempt = 0; attempt < attemptsMax && head !== undefined; attempt += 1) {
    const sleeps = (managed && offPeak !== undefined) || (head.sleep ?? head.wouldSleep) !== undefined;
    const change = { ...(head.acting === undefined ? { dueAt: at } : {}), ...(sleeps ? { offPeakAt: at } : {}) };
    if (Object.keys(change).length === 0 || (await heads.change(head.service, head.version, change)) !== undefined) return;
    head = await heads.read(found.service);
  }
}

async function enrolRepository({ repositories }: EnrolNeeds, repository: string, { now }: Invocation): Promise<void> {
  if (await repositories.create(repository, toInstant(now))) return;
  const cursor = await repositories.read(repository);
  if (cursor === undefined) return;
  const { page: _, ...anew } = cursor;
  await repositories.write({ ...anew, found: {}, dueAt: toInstant(now) }); // Rejected candidates are asked again.
}
