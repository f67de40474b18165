import type { CandidatePlan } from '../../lib/flows/plan-candidate.ts';
import type { RepositoryPlan } from '../../lib/flows/plan-repository.ts';
import type { Plan } from '../../lib/flows/plan-service.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';

/** Where a plan was made for. */
export interface Place {
  account: string;
  region: string;
  stage: string;
}

/** A plan for machines. The shape is a contract (docs/command-line.md): members are added, and none is renamed. */
export function planData(plan: Plan, policy: ServicePolicy, place: Place, notes: string[]): object {
  const { installation, service, obstacle, head } = plan;
  return {
    version: 1,
    service: policy.service,
    ...place,
    mode: policy.mode,
    managed: policy.managed,
    installation,
    runs:
      service === undefined ? null : { status: service.status, taskDefinition: service.taskDefinition, desiredCount: service.desiredCount },
    current: head?.current === undefined ? null : { deployment: head.current.id, state: head.current.state, images: head.current.images },
    hold: head?.hold ?? null,
    obstacle: obstacle ?? null,
    repositories: plan.repositories.map(repositoryData),
    notes,
  };
}

function repositoryData(plan: RepositoryPlan): object {
  return {
    repository: plan.repository,
    missing: plan.missing ?? null,
    complete: plan.complete,
    now: plan.now === undefined ? null : candidateData(plan.now),
    taken: plan.taken.map((one) => ({ ...candidateData(one), tags: one.tags, gates: one.gates })),
    takenMore: plan.takenMore,
    refused: plan.refused.map(({ image, why }) => ({ tags: image.tags, digest: image.digest, pushedAt: image.pushedAt, why })),
    refusedMore: plan.refusedMore,
  };
}

function candidateData({ candidate: { tag, digest, pushedAt }, decision }: CandidatePlan): object {
  const { action, reason } = decision;
  return { tag, digest, pushedAt, action, reason, ...(decision.action === 'wait' ? { until: decision.until } : {}) };
}
