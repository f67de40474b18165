import { ECRClient } from '@aws-sdk/client-ecr';
import { describe, expect, it } from '@jest/globals';
import { push } from '../../demo/images.ts';
import { abroad } from '../fixtures/e2e-fleet.ts';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

const options = { fixture: 'gates' };
const deployed = ['live', 'deploying', 'baking', 'replaced', 'live'];

/** What is in a service's containers, with the whole name of the registry. */
async function runs(here: Installation, service: string): Promise<string[]> {
  return here.references(await here.revision(service));
}

/** A push by the account that owns the repository. */
const pushThere = ({ sandbox: { endpoint } }: Installation, version: string): Promise<string> => {
  const credentials = { accessKeyId: abroad.account, secretAccessKey: 'theirs' };
  return push(new ECRClient({ endpoint, region: abroad.region, credentials }), 'team/abroad', 'latest', version, 'healthy');
};

describe('A service whose images live in another account and region', () => {
  const service = 'production/abroad';
  const repository = `${abroad.account}.dkr.ecr.${abroad.region}.amazonaws.com/team/abroad`;

  it(
    'deploys a push there by the event that the other bus forwards, and finds one whose event was lost',
    played(async (here) => {
      const first = await pushThere(here, 'first');
      await here.minutes(5);
      expect(here.events.find(({ account }) => account === abroad.account)).toMatchObject({ source: 'aws.ecr', ...abroad });
      expect(here.states(service)).toEqual(deployed);
      expect((await here.history(service)).at(-1)).toMatchObject({ origin: 'push', images: { [repository]: { digest: first } } });
      expect(await runs(here, service)).toEqual([`${repository}@${first}`]);
      expect((await here.service(service)).runningCount).toBe(2);
      await here.sandbox.call('events', 'RemovePermission', { StatementId: 'images' });
      const second = await pushThere(here, 'second');
      await here.minutes(0.2);
      expect(await runs(here, service)).toEqual([`${repository}@${first}`]);
      await here.minutes(15);
      expect((await here.history(service)).at(-1)).toMatchObject({ origin: 'reconciliation', state: 'live' });
      expect(await runs(here, service)).toEqual([`${repository}@${second}`]);
    }, options),
  );
});

describe('A candidate that has to wait', () => {
  it(
    'for its age deploys at its minute; for a person who holds its service, at once when that is let go',
    played(async (here) => {
      const [patient, held] = ['production/patient', 'production/api'];
      expect(here.sandbox.clock.now().toISOString()).toBe('2026-11-23T08:15:00.000Z');
      expect(await here.order({ verb: 'hold', service: held, reason: 'a demonstration' })).toMatchObject({ outcome: 'done' });
      await here.push('api', 'main-2', 'healthy');
      const young = await here.push('patient', 'latest', 'healthy');
      await here.minutes(4.9);
      expect(here.told(patient).at(-1)).toMatchObject({ state: 'waiting', code: 'too-young' });
      expect(here.told(held).at(-1)).toMatchObject({ state: 'waiting', code: 'on-hold' });
      expect(here.made('ecs:UpdateService')).toEqual([]);
      await here.minutes(0.3); // Past the tick of 08:20.
      expect(here.states(patient)).toEqual(['live', 'waiting', 'deploying']);
      expect(await here.images(await here.revision(patient))).toEqual([`patient@${young}`]);
      expect(here.made('ecs:UpdateService')).toMatchObject([{ caller: 'ecs-autopilot-production-tick' }]);
      expect(here.states(held)).toEqual(['live', 'held', 'waiting']);
      expect(await here.order({ verb: 'resume', service: held })).toMatchObject({ outcome: 'done' });
      const [, update] = here.made('ecs:UpdateService');
      expect(update).toMatchObject({ caller: 'ecs-autopilot-production-obey-command', input: { service: 'api' } });
      expect(here.states(held).slice(2)).toEqual(['waiting', 'resumed', 'deploying']);
    }, options),
  );
});
