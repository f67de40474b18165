import { newHead } from './enrol.ts';
import { planRepository, type PlanRepositoryNeeds, type RepositoryPlan } from './plan-repository.ts';
import { readService } from './read-service.ts';
import { obstacleOf } from '../decide/gates/kind.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Digest } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import type { ObservedService } from '../domain/service.ts';
import { RefusedError } from '../errors.ts';
import type { DeploymentHistory } from '../ports/deployment-log.ts';
import type { Enrolment } from '../ports/enrolment.ts';
import type { Heads } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { QuarantineEntry } from '../ports/quarantine.ts';
import type { ServiceReader } from '../ports/services.ts';

/** What stands for an invocation where no function runs. */
export type PlanInvocation = Invocation;

/** What a plan is made from: readers alone. */
export interface PlanNeeds extends PlanRepositoryNeeds {
  enrolment: Pick<Enrolment, 'read'>;
  heads: Pick<Heads, 'read'>;
  history: DeploymentHistory;
  services: Pick<ServiceReader, 'read'>;
}

/** What would be done for a service, by the configuration at hand. */
export interface Plan {
  /** Whether the table exists, whether the service has a head, and whether the configuration at hand is the one that is deployed. */
  installation: { installed: boolean; enrolled: boolean; current: boolean };
  /** What the service runs, where it exists. */
  service?: ObservedService;
  /** Why it cannot be deployed to at all. */
  obstacle?: Reason;
  head?: Head;
  repositories: RepositoryPlan[];
}

const historyMost = 50;

/** Plans for a service: reads everything that a decision asks for, decides, and writes nothing. */
export async function planService(
  needs: PlanNeeds,
  policy: ServicePolicy,
  { configurationHash, limit }: { configurationHash: string; limit: number },
  invocation: Invocation,
): Promise<Plan> {
  const [record, service] = await Promise.all([readRecord(needs, policy), readService(needs.services, policy.service)]);
  const { head, history = [], hash } = record ?? {};
  const found = { head: head ?? wouldBeHead(policy, invocation), service, policy, invocation };
  const reading = record === undefined ? { ...needs, quarantine: noQuarantine } : needs;
  const repositories: RepositoryPlan[] = [];
  for (const image of policy.images) repositories.push(await planRepository(reading, found, image, { limit, history }));
  const obstacle = obstacleOf(service, policy.service);
  return {
    installation: { installed: record !== undefined, enrolled: head !== undefined, current: hash === configurationHash },
    ...(service === undefined ? {} : { service }),
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(head === undefined ? {} : { head }),
    repositories,
  };
}

interface OnRecord {
  head: Head | undefined;
  history: Deployment[];
  hash: string | undefined;
}

/** What the table holds; undefined where there is no table yet, before the first deployment of the product. */
async function readRecord({ heads, history, enrolment }: PlanNeeds, { service }: ServicePolicy): Promise<OnRecord | undefined> {
  try {
    const [head, enrolled, deployments] = await Promise.all([heads.read(service), enrolment.read(), history.list(service, historyMost)]);
    return { head, history: deployments, hash: enrolled.hash };
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

// As enrolling would make it now.
function wouldBeHead(policy: ServicePolicy, { now }: Invocation): Head {
  return { service: policy.service, version: 0, failures: [], ...newHead(policy, now) };
}

const noQuarantine = { barring: async (_digests: Digest[]): Promise<QuarantineEntry[]> => [] };
