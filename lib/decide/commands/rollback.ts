import { isOnRecord } from '../gates/turn.ts';
import { obstacleOf } from '../gates/kind.ts';
import { chooseTarget, type Readiness } from '../rollback-target.ts';
import { leave, refuse, watchOnly, nothingToDo, type Settled } from './settled.ts';
import type { RollbackCommand } from '../../domain/command.ts';
import type { CommandTarget } from '../../domain/command-answer.ts';
import { targetRevision, type Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';
import type { ObservedService } from '../../domain/service.ts';

export interface RollbackCommandFacts {
  head: Head;
  /** Undefined: the service does not exist. */
  service: ObservedService | undefined;
  /** Of the verified, which could start now. */
  readiness: Readiness[];
}

export type RollbackCommandDecision = Settled | { action: 'go-back'; current: Deployment; target: Deployment; reason: Reason };

/** What a rollback ordered by hand comes to. It goes back only to what was verified (design, rule 6), and never back from a way back by itself. */
export function decideRollbackCommand(
  { head, service, readiness }: RollbackCommandFacts,
  command: RollbackCommand,
  policy: ServicePolicy,
  now: Date,
): RollbackCommandDecision {
  const obstacle = obstacleOf(service, head.service);
  if (obstacle !== undefined || service === undefined)
    return refuse(obstacle ?? { code: 'service-missing', text: 'ECS knows no such service' });
  const { current } = head;
  if (policy.mode === 'watch') return watchOnly('nothing is rolled back');
  if (current === undefined)
    return refuse({ code: 'nothing-on-record', text: 'what the service runs is not on record yet: the next tick adopts it' });
  if (current.state === 'rolling-back') return underWay(current, command);
  if (head.acting !== undefined || !isOnRecord(head, service, now)) return leave('the service is being changed at this moment');
  const chosen = command.to === undefined ? newestBefore(head, current, readiness) : named(head, current, readiness, command.to);
  if ('action' in chosen) return chosen;
  const why = command.reason === undefined ? '' : `: ${command.reason}`;
  const reason: Reason = { code: 'by-hand', text: `${command.actor} ordered to go back to deployment ${chosen.id}${why}` };
  return { action: 'go-back', current, target: chosen, reason };
}

/** Where the service could go back to, as people are told it. */
export function targetsOf({ verified, current }: Pick<Head, 'verified' | 'current'>): CommandTarget[] {
  return verified
    .filter(({ id }) => id !== current?.id)
    .map(({ id, images, verifiedAt }) => ({ deployment: id, images, ...(verifiedAt === undefined ? {} : { verifiedAt }) }));
}

function underWay({ rollback, id }: Deployment, { to }: RollbackCommand): Settled {
  const text = `the service is on its way back already, from deployment ${id} to ${rollback?.to ?? 'what ran before'}`;
  const reason: Reason = { code: 'rollback-under-way', text };
  return to === undefined || to === rollback?.to ? nothingToDo(reason, { deployment: id }) : refuse(reason, { deployment: id });
}

// Ordered twice, it leads back once: whoever wants to go further says how far.
function newestBefore(head: Head, current: Deployment, readiness: Readiness[]): Deployment | Settled {
  const targets = targetsOf(head);
  if (current.state === 'live' && current.reason.code === 'returned-to-verified') {
    const text = `the service is back on deployment ${current.id} already; to go further back, name a deployment`;
    return nothingToDo({ code: 'rolled-back-already', text }, { deployment: current.id, targets });
  }
  const choice = chooseTarget(head, readiness);
  if (choice.target !== undefined) return choice.target;
  return refuse({ code: 'no-target', text: `there is nothing to go back to: ${choice.why}` }, { targets });
}

function named(head: Head, current: Deployment, readiness: Readiness[], to: string): Deployment | Settled {
  const targets = targetsOf(head);
  const target = head.verified.find(({ id }) => id === to);
  if (to === current.id && target !== undefined && current.state === 'live')
    return nothingToDo({ code: 'already-running', text: `deployment ${to} is what the service runs` }, { deployment: to, targets });
  if (target === undefined || to === current.id) {
    const text = `deployment ${to} is not among the last that were verified on ${head.service}, and only those are gone back to`;
    return refuse({ code: 'not-verified', text }, { targets });
  }
  if (targetRevision(target) === current.taskDefinition)
    return nothingToDo({ code: 'already-running', text: `the service runs the revision of deployment ${to} already` }, { targets });
  const { ready = false, why = 'whether it can start is not known' } = readiness.find(({ deployment }) => deployment === to) ?? {};
  return ready ? target : refuse({ code: 'no-target', text: `deployment ${to} cannot start: ${why}` }, { targets });
}
