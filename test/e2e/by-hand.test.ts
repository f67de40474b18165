import { describe, expect, it } from '@jest/globals';
import { plainPage } from '../../cli/page.ts';
import { run } from '../../cli/run.ts';
import { verbs } from '../../cli/verbs.ts';
import type { CommandAnswer } from '../../lib/domain/command-answer.ts';
import { wireCommandLine } from '../../lib/wire.ts';
import { firstDigest } from '../fixtures/e2e-fleet.ts';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

const service = 'production/web';
const file = {
  service: 'ecs-autopilot',
  provider: { stage: 'production', region: 'eu-west-1' },
  custom: { autopilot: { services: { [service]: { image: 'web' }, 'production/api': { image: 'api', tags: 'main-*' } } } },
};

/** Calls the command line as a person with a terminal does, who says yes to everything. */
async function autopilot(here: Installation, ...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const ended = { status: -1, out: '', err: '' };
  ended.status = await run([...args, '--sandbox'], verbs, {
    env: { AWS_ENDPOINT_URL: here.sandbox.endpoint },
    now: async () => here.sandbox.clock.now(),
    version: '0.0.0',
    page: plainPage(80),
    isAsked: true,
    out: (text) => void (ended.out += `${text}\n`),
    err: (text) => void (ended.err += `${text}\n`),
    ask: async () => true,
    configurationOf: async () => file,
    wire: wireCommandLine,
  });
  return ended;
}

/** The same for machines: what the function answered. */
async function answered(here: Installation, ...args: string[]): Promise<CommandAnswer> {
  const { out } = await autopilot(here, ...args, '--json', '--yes');
  return JSON.parse(out) as CommandAnswer;
}

describe('A person at the command line', () => {
  it(
    'rolls back, is on record by the identity that STS tells, and lets new images in again',
    played(async (here) => {
      await here.push('web', 'latest', 'healthy', 'second');
      await here.minutes(2);
      const back = await autopilot(here, 'rollback', service, '--reason', 'checkout is slow');
      expect(back).toMatchObject({ status: 0, err: 'Account 123456789012, region eu-west-1, stage production\n' });
      expect(back.out).toContain('Done: ');
      await here.minutes(2);
      const head = await here.head(service);
      expect(head.current?.images['web']?.digest).toBe(firstDigest('web'));
      expect(head.hold).toMatchObject({ actor: 'arn:aws:iam::123456789012:user/sandbox' });
      expect(here.told(service).find(({ state }) => state === 'rolled-back')?.why).toContain('checkout is slow');
      await here.push('web', 'latest', 'healthy', 'third');
      await here.minutes(1);
      expect(here.states(service).at(-1)).toBe('waiting');
      const shown = await autopilot(here, 'status', service);
      expect(shown.out).toMatch(/On hold {5}since .*, by\n? *arn:aws:iam::123456789012:user\/sandbox/);
      expect(await answered(here, 'resume', service)).toMatchObject({ outcome: 'done', actor: 'arn:aws:iam::123456789012:user/sandbox' });
      await here.minutes(4);
      expect(here.states(service).slice(-2)).toEqual(['replaced', 'live']);
      expect(await here.quarantine()).toEqual([]);
    }),
  );

  it(
    'lifts a quarantine and deploys what was in it; what may not be is refused, and says why',
    played(async (here) => {
      const bad = await here.push('web', 'latest', 'crash after=5s');
      await here.minutes(5);
      expect(await answered(here, 'deploy', service, bad, '--skip-gates')).toMatchObject({
        outcome: 'refused',
        reason: { code: 'quarantined' },
      });
      expect(await answered(here, 'lift', bad, '--reason', 'the database was down')).toMatchObject({ outcome: 'done' });
      expect(await here.quarantine()).toMatchObject([{ digest: bad, liftedBy: 'arn:aws:iam::123456789012:user/sandbox' }]);
      expect(await answered(here, 'deploy', service, bad)).toMatchObject({ outcome: 'done' });
      await here.minutes(0.2); // What ECS tells lags behind.
      expect(await here.images(await here.revision(service))).toEqual([`web@${bad}`]);
      expect((await autopilot(here, 'cancel', service)).out).toContain('Nothing to do: ');
      const shown = await autopilot(here, 'history', service);
      expect(shown.out).toMatch(/ deploying +web:latest\n {2}arn:aws:iam::123456789012:user\/sandbox ordered web:latest\.\n/);
    }),
  );
});
