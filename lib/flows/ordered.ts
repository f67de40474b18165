import type { Found } from './context.ts';
import type { ActingCommand } from '../domain/command.ts';
import type { CommandResult } from '../domain/command-answer.ts';
import type { Reason } from '../domain/reason.ts';

/** A service as a command finds it. */
export type Ordered = Omit<Found, 'service'>;

/** What became of one attempt: a result; it has to wait for whoever acts; or the head changed meanwhile and all is to be decided again. */
export type Attempt = CommandResult | Left | 'again';

/** To be left in the head: as what, where the command was read more closely meanwhile. */
export interface Left {
  leave: Reason;
  command?: ActingCommand;
}
