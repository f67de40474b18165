import { tell } from './tell.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head, HeadFields } from '../domain/head.ts';
import { toInstant } from '../domain/instant.ts';
import type { Configuration } from '../domain/policy.ts';
import { describeEnrolled } from '../notifications/describe-event.ts';
import type { Enrolled, Enrolment } from '../ports/enrolment.ts';
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
  const enrolled = await enrolment.read();
  if (enrolled.hash === configuration.hash) return;
  const services = Object.keys(configuration.services).toSorted();
  const done = enrolled.pending?.hash === configuration.hash ? enrolled.pending.done : 0;
  const now = services.slice(done, done + portion);
  await Promise.all(now.map((service) => enrolService(needs, service, invocation)));
  if (done + now.length < services.length) {
    return enrolment.write({ ...enrolled, pending: { hash: configuration.hash, done: done + now.length } });
  }
  const repositories = repositoriesOf(configuration);
  await Promise.all(repositories.map((repository) => enrolRepository(needs, repository, invocation)));
  await finish(needs, { hash: configuration.hash, services, repositories }, enrolled, invocation);
}

async function finish(needs: EnrolNeeds, now: Enrolled, before: Enrolled, invocation: Invocation): Promise<void> {
  const heads = await Promise.all(now.services.slice(0, portion).map((service) => needs.heads.read(service)));
  const untargeted = heads.filter((head) => head?.verified.length === 0).length + Math.max(0, now.services.length - portion);
  const left = before.services.filter((service) => !now.services.includes(service));
  await tell(
    needs.topic,
    describeEnrolled({ watched: now.services.length, untargeted, left, hash: now.hash ?? '', at: toInstant(invocation.now) }),
  );
  await needs.enrolment.write(now);
  invocation.log('enrolled', { services: now.services.length, repositories: now.repositories.length, untargeted, left });
}

/** A head that nothing is known of yet: the same tick looks at its service and takes what runs as its baseline. */
function newHead(now: Date): HeadFields {
  return { enrolledAt: toInstant(now), verified: [], waiting: {}, seen: {}, barred: {}, owed: [], dueAt: toInstant(now) };
}

async function enrolService({ heads }: EnrolNeeds, service: ServiceKey, { now }: Invocation): Promise<void> {
  if (await heads.create(service, newHead(now))) return;
  const head = await heads.read(service);
  if (head !== undefined) await makeDue(heads, head, now);
}

// A head that somebody changed meanwhile was computed with the new configuration, or is due soon in any case.
async function makeDue(heads: Heads, head: Head, now: Date): Promise<void> {
  if (head.acting === undefined) await heads.change(head.service, head.version, { dueAt: toInstant(now) });
}

async function enrolRepository({ repositories }: EnrolNeeds, repository: string, { now }: Invocation): Promise<void> {
  if (await repositories.create(repository, toInstant(now))) return;
  const cursor = await repositories.read(repository);
  if (cursor === undefined) return;
  const { page: _, ...anew } = cursor;
  await repositories.write({ ...anew, found: {}, dueAt: toInstant(now) }); // Rejected candidates are asked again.
}

function repositoriesOf({ services }: Configuration): string[] {
  const managed = Object.values(services).filter((policy) => policy.managed);
  return [...new Set(managed.flatMap(({ images }) => images.map(({ repository }) => repository)))].toSorted();
}
