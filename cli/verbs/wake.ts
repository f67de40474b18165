import { order } from '../order.ts';
import { endFlags, endOf } from '../order-end.ts';
import { verb } from '../verb.ts';

/** Orders a service awake until some time. */
export const wake = verb({
  name: 'wake',
  summary: 'have a service awake for a while, whatever its schedule says',
  about: ['It wakes as it was within a minute or two, and its schedule holds again after that time.'],
  service: 'required',
  flags: endFlags,
  changes: true,
  run: (call) => {
    const { policy, flags, settings, now } = call;
    const { timezone = 'UTC' } = settings.configuration.schedules?.[policy.offPeak?.schedule ?? ''] ?? {};
    return order(call, { verb: 'wake', service: policy.service, until: endOf(flags, timezone, now), reason: flags.reason });
  },
});
