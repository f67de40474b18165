import type { CommandResult } from '../../domain/command-answer.ts';
import type { Reason } from '../../domain/reason.ts';

/** A command that needs no act: answered, or left until the service is free. */
export type Settled = { action: 'answer'; result: CommandResult } | { action: 'leave'; reason: Reason };

type Besides = Pick<CommandResult, 'deployment' | 'targets' | 'next'>;

/** It may not be done. */
export function refuse(reason: Reason, besides: Besides = {}): Settled {
  return { action: 'answer', result: { outcome: 'refused', reason, ...besides } };
}

/** What was ordered is so already. */
export function nothingToDo(reason: Reason, besides: Besides = {}): Settled {
  return { action: 'answer', result: { outcome: 'nothing-to-do', reason, ...besides } };
}

/** It has to wait for whoever changes the service now. */
export function leave(why: string): Settled {
  return {
    action: 'leave',
    reason: { code: 'command-left', text: `${why}: it is left to the tick, which goes on with it within a minute or so` },
  };
}

/** `mode: watch` changes nothing in AWS, whoever orders it. */
export function watchOnly(what: string): Settled {
  return refuse({ code: 'watch-only', text: `mode is watch: ${what}` });
}
