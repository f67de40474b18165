import { order } from '../order.ts';
import { policyOf } from '../settings.ts';
import { verb } from '../verb.ts';

/** Lets a digest in again. */
export const lift = verb({
  name: 'lift',
  summary: 'let a digest in again that was rolled back',
  about: ['Its quarantine ends, and no service bars it any more. It deploys nothing by itself: deploy does.'],
  service: 'none',
  words: [{ name: 'DIGEST', summary: 'the whole digest, as messages and status tell it: sha256:…' }],
  flags: {
    on: { type: 'string', value: 'CLUSTER/SERVICE', summary: 'only where this one service bars it' },
    reason: { type: 'string', value: 'TEXT', summary: 'why, for whoever reads it later' },
  },
  changes: true,
  run: async (call) => {
    const { on, reason } = call.flags;
    const service = on === undefined ? undefined : policyOf(on, call.settings).service;
    return order(call, { verb: 'lift', digest: call.words['DIGEST'], service, reason });
  },
});
