import { pass, type Gate } from './gate.ts';
import { plusMs } from '../../domain/instant.ts';

const askAgainMs = 60 * 60_000;

/** A service that a person holds takes no new image until the hold is lifted. */
export const holdGate: Gate = ({ head: { hold } }, _policy, now) =>
  hold === undefined
    ? pass
    : {
        answer: 'wait',
        until: plusMs(now, askAgainMs),
        reason: { code: 'on-hold', text: `${hold.actor} holds the service: ${hold.reason}` },
      };
