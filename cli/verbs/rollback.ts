import { order } from '../order.ts';
import { verb } from '../verb.ts';

/** Goes back to a verified deployment. */
export const rollback = verb({
  name: 'rollback',
  summary: 'go back to a verified deployment, and hold the service there',
  about: [
    'Without --to it goes back to the newest verified deployment before what runs that can still start. The image is barred on this service, and new ones wait until it is resumed.',
  ],
  service: 'required',
  flags: {
    to: { type: 'string', value: 'ID', summary: 'the verified deployment to go back to; status lists them' },
    reason: { type: 'string', value: 'TEXT', summary: 'why, for whoever reads it later' },
  },
  changes: true,
  run: (call) => order(call, { verb: 'rollback', service: call.policy.service, to: call.flags.to, reason: call.flags.reason }),
});
