import { usageError } from '../command-error.ts';
import { order } from '../order.ts';
import { verb } from '../verb.ts';

/** Keeps new images from a service. */
export const hold = verb({
  name: 'hold',
  summary: 'let new images wait until the service is resumed',
  about: ['What is in flight goes on to its end, and is still rolled back if it fails.'],
  service: 'required',
  flags: { reason: { type: 'string', value: 'TEXT', summary: 'why; whoever meets the hold reads it' } },
  changes: true,
  run: async (call) => {
    const { reason } = call.flags;
    if (reason === undefined) throw usageError('hold needs --reason TEXT: whoever meets the hold must know why');
    return order(call, { verb: 'hold', service: call.policy.service, reason });
  },
});
