import { claimBy, instantOf, type Found } from './context.ts';
import { carryOut, readBase } from './deploy-candidate.ts';
import { findImage } from './find-image.ts';
import { imageBarrier } from './image-barrier.ts';
import { claim } from './ledger.ts';
import { askAbout } from './gate-facts.ts';
import type { OfferNeeds } from './offer-candidate.ts';
import type { Attempt, Ordered } from './ordered.ts';
import { readService } from './read-service.ts';
import { whatCameOfIt } from './what-came-of-it.ts';
import { withoutLapsed } from './without-lapsed.ts';
import { decideDeployCommand, type DeployCommandDecision } from '../decide/commands/deploy.ts';
import { beginDeployment } from '../decide/transitions/candidates.ts';
import { heldBy, obeyed } from '../decide/transitions/commands.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import type { DeployCommand } from '../domain/command.ts';
import type { CommandResult } from '../domain/command-answer.ts';
import { candidateName, type Candidate } from '../domain/image.ts';

type Deploy = Extract<DeployCommandDecision, { action: 'deploy' }>;

/** Deploys an image by order of a person. Where it is not the newest that the policy takes, the service is held on it until it is resumed. */
export async function deployByHand(needs: OfferNeeds, found: Ordered, command: DeployCommand): Promise<Attempt> {
  const { head, policy, invocation } = found;
  const image = await findImage(needs, head, command, policy);
  if ('outcome' in image) return image;
  const { candidate, newest } = image;
  const [service, asked] = await Promise.all([readService(needs.services, head.service), askAbout(needs, candidate, policy, invocation)]);
  const facts = { head: withoutLapsed(head, invocation.now), candidate, service, newest, ...asked };
  const decision = decideDeployCommand(facts, command, policy, invocation.now);
  // Left by its digest: a tag may name another image by then.
  const pinned = { ...command, image: candidate.digest, repository: candidate.repository };
  if (decision.action === 'leave') return { leave: decision.reason, command: pinned };
  if (decision.action === 'answer') return decision.result;
  return service === undefined ? 'again' : deploy(needs, { ...found, service }, { candidate, decision, command });
}

interface Ordering {
  candidate: Candidate;
  decision: Deploy;
  command: DeployCommand;
}

async function deploy(needs: OfferNeeds, found: Found, { candidate, decision, command }: Ordering): Promise<Attempt> {
  const { head, policy, invocation } = found;
  const base = await readBase(needs, found);
  if (base instanceof Error) throw base;
  const barrier = base && (await imageBarrier(needs, candidate, found, base, invocation)); // Nobody gives up what runs for what cannot.
  if (barrier !== undefined) return { outcome: 'refused', reason: barrier };
  const begun = begin(found, candidate, decision, command);
  const deployment = begun.change.current?.id;
  const result: CommandResult = { outcome: 'done', reason: decision.reason, ...(deployment === undefined ? {} : { deployment }) };
  const claimed = await claim(needs, head, obeyed(begun, head, command, result, invocation.now), policy, invocation);
  if (claimed?.current === undefined) return 'again';
  await carryOut(needs, { ...found, head: claimed }, claimed.current, base);
  return whatCameOfIt(needs, head.service, result);
}

function begin(
  { head, service, policy, invocation }: Found,
  candidate: Candidate,
  { reason, notes, holds }: Deploy,
  command: DeployCommand,
): Transition {
  const held = holds && head.hold === undefined;
  const onHold = held ? ['it is not the newest that the policy takes: the service is on hold until it is resumed'] : [];
  const order = { actor: command.actor, notes: [...notes, ...onHold] };
  const { taskDefinition: previousTaskDefinition } = service;
  const claimed = { candidate, reason, acting: claimBy(invocation), startedAt: instantOf(invocation), previousTaskDefinition, order };
  const begun = beginDeployment(head, claimed, policy, invocation.now);
  if (!holds) return begun;
  const hold = heldBy(head, command, `${candidateName(candidate)} was deployed by hand`, invocation.now);
  return { ...begun, change: { ...begun.change, hold, seen: head.seen } }; // What is newer stays decided as it was.
}
