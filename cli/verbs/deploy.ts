import { order } from '../order.ts';
import { verb } from '../verb.ts';

/** Deploys an image by hand. */
export const deploy = verb({
  name: 'deploy',
  summary: 'deploy an image now',
  about: [
    'It goes past a hold, never past a quarantine. Anything but the newest image that the policy takes holds the service where it is put.',
  ],
  service: 'required',
  words: [{ name: 'IMAGE', summary: 'a digest (sha256:…) or a tag' }],
  flags: {
    'skip-gates': { type: 'boolean', summary: 'past gates.age and gates.scan; that is put on record' },
    repository: { type: 'string', value: 'NAME', summary: 'of which repository, where the service takes several' },
    reason: { type: 'string', value: 'TEXT', summary: 'why, for whoever reads it later' },
  },
  changes: true,
  run: (call) => {
    const { repository, reason, 'skip-gates': skipGates } = call.flags;
    return order(call, { verb: 'deploy', service: call.policy.service, image: call.words['IMAGE'], repository, skipGates, reason });
  },
});
