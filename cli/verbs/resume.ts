import { order } from '../order.ts';
import { verb } from '../verb.ts';

/** Ends a hold. */
export const resume = verb({
  name: 'resume',
  summary: 'end a hold, and ask at once what waited',
  about: ['The service ends on the newest image that its policy takes, except what was rolled back.'],
  service: 'required',
  flags: { reason: { type: 'string', value: 'TEXT', summary: 'why, for whoever reads it later' } },
  changes: true,
  run: (call) => order(call, { verb: 'resume', service: call.policy.service, reason: call.flags.reason }),
});
