import { commandInvocation } from '../invocation.ts';
import { planData } from '../plan/data.ts';
import { planLines } from '../plan/lines.ts';
import { verb } from '../verb.ts';
import { wholeNumber } from '../whole-number.ts';
import { planService } from '../../lib/flows/plan-service.ts';

/** `autopilot plan`: what the configuration at hand would do with the images that are there, before anything is deployed. */
export const plan = verb({
  name: 'plan',
  summary: 'show which image would be deployed now, and why',
  about: [
    'Reads the real tags of the repository, newest first by the policy, asks every gate, and tells what would be done now. It changes nothing, and takes the configuration as it stands in serverless.yml, deployed or not.',
  ],
  service: 'required',
  flags: { limit: { type: 'string', value: 'N', summary: 'how many images of each kind are shown, 1 to 100; default: 10' } },
  changes: false,
  run: async ({ policy, flags, settings, needs, now, page }) => {
    const limit = wholeNumber('--limit', flags.limit, { least: 1, most: 100, otherwise: 10 });
    const notes: string[] = [];
    const { account } = await needs.caller.identity();
    const options = { limit, configurationHash: settings.configuration.hash };
    const planned = await planService(needs, policy, options, commandInvocation(now, notes));
    const place = { account, region: settings.region, stage: settings.stage };
    return { lines: planLines(planned, policy, place, notes, page), data: planData(planned, policy, place, notes) };
  },
});
