import { readBase } from './deploy-candidate.ts';
import { askAbout, type GateFactsNeeds } from './gate-facts.ts';
import { imageBarrier } from './image-barrier.ts';
import { weighCandidate } from './weigh-candidate.ts';
import { withoutLapsed } from './without-lapsed.ts';
import type { CandidateDecision } from '../decide/candidate.ts';
import { type GateAnswer, type GateFacts, pass } from '../decide/gates/gate.ts';
import { gates } from '../decide/gates/gates.ts';

import type { Head } from '../domain/head.ts';
import type { Candidate } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { ObservedService } from '../domain/service.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Registry } from '../ports/registry.ts';
import type { TaskDefinitionReader } from '../ports/task-definitions.ts';

export interface PlanCandidateNeeds extends GateFactsNeeds {
  taskDefinitions: TaskDefinitionReader;
  registry: Registry;
}

/** A service as the planner found it. */
export interface PlannedService {
  head: Head;
  service: ObservedService | undefined;
  policy: ServicePolicy;
  invocation: Invocation;
}

export type GateSaid = GateAnswer & { gate: string };

/** What would become of a candidate if it were offered now, and what each gate says of it. */
export interface CandidatePlan {
  candidate: Candidate;
  decision: CandidateDecision;
  gates: GateSaid[];
}

/** Decides about a candidate as deploy-image would, and writes nothing. */
export async function planCandidate(needs: PlanCandidateNeeds, found: PlannedService, candidate: Candidate): Promise<CandidatePlan> {
  const { head, service, policy, invocation } = found;
  const asked = await askAbout(needs, candidate, policy, invocation);
  const facts: GateFacts = { head: withoutLapsed(head, invocation.now), candidate, service, ...asked };
  const platform = await platformSaid(needs, found, candidate);
  const decision = await weighCandidate(needs, facts, policy, invocation.now);
  const said = Object.entries(gates).map(([gate, ask]): GateSaid => ({ gate, ...ask(facts, policy, invocation.now) }));
  const barred = decision.action === 'deploy' && platform.answer === 'reject';
  return {
    candidate,
    decision: barred ? { action: 'reject', reason: platform.reason } : decision,
    gates: [...said, { gate: 'platform', ...platform }],
  };
}

// Asked beside the act, for what it needs is the revision that would be copied.
async function platformSaid(
  needs: PlanCandidateNeeds,
  { head, service, policy, invocation }: PlannedService,
  candidate: Candidate,
): Promise<GateAnswer> {
  if (service === undefined) return pass;
  const base = await readBase(needs, { policy, service });
  if (base === undefined || base instanceof Error) return { answer: 'pass', note: 'the revision to copy could not be read' };
  const reason = await imageBarrier(needs, candidate, { head, policy, service }, base, invocation);
  return reason === undefined ? pass : { answer: 'reject', reason };
}
