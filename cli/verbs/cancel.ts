import { order } from '../order.ts';
import { verb } from '../verb.ts';

/** Lets go of what waits. */
export const cancel = verb({
  name: 'cancel',
  summary: 'let go of what waits, for good',
  about: ['What is in flight is not touched: rollback takes it back.'],
  service: 'required',
  flags: { reason: { type: 'string', value: 'TEXT', summary: 'why, for whoever reads it later' } },
  changes: true,
  run: (call) => order(call, { verb: 'cancel', service: call.policy.service, reason: call.flags.reason }),
});
