import { decideCandidate, type CandidateDecision } from '../decide/candidate.ts';
import { imagesOf } from '../decide/containers.ts';
import type { GateFacts } from '../decide/gates/gate.ts';
import { toBeNamed } from '../decide/measure.ts';
import type { Placed } from '../decide/tags/compare.ts';
import { newestCandidate } from '../decide/tags/newest.ts';
import type { Candidate, Digest } from '../domain/image.ts';
import { tagsOf, type ServicePolicy } from '../domain/policy.ts';
import { MissingError } from '../errors.ts';
import type { Registry } from '../ports/registry.ts';
import type { TaskDefinitionReader } from '../ports/task-definitions.ts';

export interface WeighCandidateNeeds {
  registry: Registry;
  taskDefinitions: TaskDefinitionReader;
}

/** Decides about a candidate. Nothing deploys before it is measured against what runs as the registry names that now, where the record may not know. */
export async function weighCandidate(
  needs: WeighCandidateNeeds,
  facts: GateFacts,
  policy: ServicePolicy,
  now: Date,
): Promise<CandidateDecision> {
  const decision = decideCandidate(facts, policy, now);
  const named = decision.action === 'deploy' ? await namedNow(needs, facts, policy) : undefined;
  return named === undefined ? decision : decideCandidate({ ...facts, named }, policy, now);
}

/** What the service runs of the candidate's repository, in its place in the policy's order; undefined where the record tells it, or the registry does not. */
export async function namedNow(
  { registry, taskDefinitions }: WeighCandidateNeeds,
  { candidate, head, service }: Pick<GateFacts, 'candidate' | 'head' | 'service'>,
  policy: ServicePolicy,
): Promise<Placed | undefined> {
  const tags = tagsOf(policy, candidate.repository);
  const wanted = tags && toBeNamed(candidate, head, tags, service?.taskDefinition);
  const digest = wanted === 'unknown' ? await namedDigest(taskDefinitions, candidate, service?.taskDefinition, policy) : wanted;
  if (tags === undefined || digest === undefined || digest === candidate.digest) return undefined;
  const image = await registry.byDigest(candidate.repository, digest).catch((error: unknown) => {
    if (error instanceof MissingError) return undefined;
    throw error;
  });
  return image && newestCandidate([image], tags, candidate.origin);
}

// What only a tag names is known when it is verified.
async function namedDigest(
  taskDefinitions: TaskDefinitionReader,
  { repository }: Candidate,
  taskDefinition: string | undefined,
  policy: ServicePolicy,
): Promise<Digest | undefined> {
  const definition = taskDefinition === undefined ? undefined : await taskDefinitions.read(taskDefinition);
  return definition && imagesOf(definition, policy, {})[repository]?.digest;
}
