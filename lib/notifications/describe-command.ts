import { deployImage, resumeService, type Installed } from './commands.ts';
import { shortDigest, sentence, time } from './wording.ts';
import type { Command, LeftCommand, LiftCommand } from '../domain/command.ts';
import type { CommandResult } from '../domain/command-answer.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Hold } from '../domain/head.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';

/** A service takes no new image until somebody resumes it. */
export function describeHeld({ service, hold, installed }: { service: ServiceKey; hold: Hold; installed: Installed }): Notification {
  return {
    version: 1,
    id: `${service}#held#${hold.since}`,
    service,
    thread: `${service}#hold`,
    state: 'held',
    level: 'warning',
    at: hold.since,
    headline: `${service}: on hold`,
    why: `${sentence(`${hold.actor} holds it: ${hold.reason}`)} New images wait. What is in flight goes on to its end, and is still rolled back if it fails.`,
    code: 'held',
    facts: [
      ['Service', service],
      ['Held by', hold.actor],
      ['Since', time(hold.since)],
    ],
    next: ['This lets new images in again:', resumeService(service, installed)],
  };
}

/** A hold ended. */
export function describeResumed(resumed: { service: ServiceKey; hold: Hold; command: Command; at: Instant }): Notification {
  const { service, hold, command, at } = resumed;
  return {
    version: 1,
    id: `${service}#resumed#${hold.since}`,
    service,
    thread: `${service}#hold`,
    closes: { level: 'warning' },
    state: 'resumed',
    level: 'info',
    at,
    headline: `${service}: resumed`,
    why: `${sentence(`${command.actor} ended the hold${because(command)}`)} What waited is asked at once; the newest that may come through is deployed.`,
    code: 'resumed',
    facts: [
      ['Service', service],
      ['Resumed by', command.actor],
      ['Was held by', hold.actor],
      ['Held since', time(hold.since)],
      ['Held because', hold.reason],
    ],
    next: [],
  };
}

/** A digest may be taken again. */
export function describeLifted(told: {
  command: LiftCommand;
  lifted: boolean;
  unbarred: ServiceKey[];
  installed: Installed;
  at: Instant;
}): Notification {
  const { command, lifted, unbarred, installed, at } = told;
  const { service, digest, actor, id } = command;
  const what = lifted ? 'its quarantine was lifted' : 'it is barred no longer';
  return {
    version: 1,
    id: `lifted#${id}`,
    ...(service === undefined ? {} : { service }),
    state: 'lifted',
    level: 'warning',
    at,
    headline: `${shortDigest(digest)} may be deployed again: ${what}`,
    why: `${sentence(`${actor} lifted it${because(command)}`)} It deploys nothing by itself.`,
    code: 'lifted',
    facts: [
      ['Digest', digest],
      ['Lifted by', actor],
      ...(unbarred.length === 0 ? [] : [['Barred no longer on', unbarred.join(', ')] satisfies [string, string]]),
    ],
    next:
      unbarred.length === 0
        ? []
        : ['This deploys it where it was rolled back:', ...unbarred.map((one) => deployImage(one, digest, installed))],
  };
}

/** A command that was accepted and could not be carried out: who ordered it got no other answer. */
export function describeRefusedCommand(told: { command: LeftCommand; result: CommandResult; at: Instant }): Notification {
  const { command, result, at } = told;
  const { service, verb, actor, id, leftAt } = command;
  return {
    version: 1,
    id: `${service}#command-refused#${id}`,
    service,
    state: 'command-refused',
    level: 'warning',
    at,
    headline: `${service}: the ${verb} that was ordered was not carried out`,
    why: sentence(result.reason.text),
    code: result.reason.code,
    facts: [
      ['Service', service],
      ['Command', verb === 'deploy' ? `${verb} ${command.image}` : `${verb}${command.to === undefined ? '' : ` to ${command.to}`}`],
      ['Ordered by', actor],
      ['Ordered', time(leftAt)],
    ],
    next: [...(result.next ?? []), 'If it is still wanted, order it again.'],
  };
}

function because({ reason }: Command): string {
  return reason === undefined ? '' : `: ${reason}`;
}
