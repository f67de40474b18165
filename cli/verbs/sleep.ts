import { order } from '../order.ts';
import { endFlags, endOf } from '../order-end.ts';
import { verb } from '../verb.ts';

/** Orders a service asleep until some time. */
export const sleep = verb({
  name: 'sleep',
  summary: 'have a service asleep for a while, whatever its schedule says',
  about: ['What it has is kept, and comes back after that time, unless its schedule has it sleep on.'],
  service: 'required',
  flags: endFlags,
  changes: true,
  run: (call) => {
    const { policy, flags, settings, now } = call;
    const { timezone = 'UTC' } = settings.configuration.schedules?.[policy.offPeak?.schedule ?? ''] ?? {};
    return order(call, { verb: 'sleep', service: policy.service, until: endOf(flags, timezone, now), reason: flags.reason });
  },
});
