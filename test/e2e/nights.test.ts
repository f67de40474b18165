import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';
import { verbs } from '../../cli/verbs.ts';
import { wireCommandLine } from '../../lib/wire.ts';
import { command, type Ended } from '../fakes/command-line.ts';
import { fixtureFolder, runIn } from '../fixtures/package-fixture.ts';

const [front, admin] = ['production/front', 'production/admin'];
const nights = { fixture: 'gates', uncheckedLayers: true };
const awake = { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: true };
const asleep = { ...awake, DynamicScalingOutSuspended: true };

const address = (service: string) => ({
  ServiceNamespace: 'ecs',
  ResourceId: `service/${service}`,
  ScalableDimension: 'ecs:service:DesiredCount',
});

async function letScale(here: Installation, service: string): Promise<void> {
  const bounds = { MinCapacity: 1, MaxCapacity: 4, SuspendedState: awake };
  await here.sandbox.call('application-autoscaling', 'RegisterScalableTarget', { ...address(service), ...bounds });
}

async function boundsOf(here: Installation, service: string): Promise<object | undefined> {
  const { ServiceNamespace, ResourceId } = address(service);
  const found = await here.sandbox.call('application-autoscaling', 'DescribeScalableTargets', {
    ServiceNamespace,
    ResourceIds: [ResourceId],
  });
  return (found as { ScalableTargets: object[] }).ScalableTargets[0];
}

async function counts(here: Installation, service: string): Promise<string> {
  const { desiredCount, runningCount } = await here.service(service);
  return `${runningCount} of ${desiredCount}`;
}

/** The command line, in this process, over the installation's AWS. */
function autopilot(here: Installation, line: string): Promise<Ended> {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const needs = wireCommandLine({ region: 'eu-west-1', endpoint: here.sandbox.endpoint, credentials }, 'ecs-autopilot-production');
  const sleeper = { image: 'shop', offPeak: 'quarters' };
  const schedules = { quarters: { timezone: 'UTC', awake: ['Mon-Sun 00:00-08:25', 'Mon-Sun 08:40-24:00'] } };
  const custom = { autopilot: { services: { [front]: sleeper, [admin]: sleeper }, schedules } };
  const file = { service: 'ecs-autopilot', provider: { stage: 'production', region: 'eu-west-1' }, custom };
  return command(line, verbs, { file, needs, now: here.sandbox.clock.now() });
}

async function asleepOnRecord(here: Installation): Promise<string[]> {
  const { out } = await autopilot(here, 'status --json');
  const { services } = JSON.parse(out) as { services: { service: string; sleep?: object }[] };
  return services.flatMap(({ service, sleep }) => (sleep === undefined ? [] : [service]));
}

/** What a service slept off by now. */
async function savedBy(here: Installation, service: string): Promise<object> {
  const { out } = await autopilot(here, `savings ${service} --json`);
  const { running, taskHours, vcpuHours, gbHours, usd } = JSON.parse(out).services[0];
  return { running, taskHours, vcpuHours, gbHours, usd };
}

/** What the framework says of a configuration from which a service was dropped. Of one function, for before a whole stack it asks for more of CloudFormation than the sandbox knows; the check is the same. */
async function deployWithout(here: Installation, service: string): Promise<string> {
  const folder = await fixtureFolder('gates');
  const path = join(folder, 'serverless.yml');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(new RegExp(`^ +${service}: .*\n`, 'm'), '').replace(`, after: [${service}]`, ''));
  const environment = {
    AWS_ENDPOINT_URL: here.sandbox.endpoint,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'eu-west-1',
  };
  const { exitCode, output } = await runIn(folder, ['deploy', 'function', '-f', 'tick'], environment);
  await rm(folder, { recursive: true });
  return `${exitCode}: ${output}`;
}

it(
  'while they sleep, the real plugin refuses a deployment that drops one; woken all by one command, they are whole, as before a removal',
  played(async (here) => {
    await letScale(here, front);
    await here.minutes(12); // 08:27
    expect(await deployWithout(here, admin)).toMatch(/^1: [^]*production\/admin is gone from custom.autopilot.services and is asleep/);
    expect(await asleepOnRecord(here)).toEqual([front, admin]);
    expect(await savedBy(here, front)).toMatchObject({ running: true, taskHours: 0.066667 });
    const morning = { ScheduledActionName: 'morning', Schedule: 'cron(30 8 * * ? *)', ScalableTargetAction: { MinCapacity: 2 } };
    await here.sandbox.call('application-autoscaling', 'PutScheduledAction', { ...address(front), ...morning });
    expect((await autopilot(here, `schedule ${front} --days 1`)).out).toContain('Warning: the scheduled action morning');
    await here.sandbox.call('ecs', 'UpdateService', { cluster: 'production', service: 'admin', desiredCount: 1 });
    await here.minutes(1); // 08:28
    expect((await here.service(admin)).desiredCount).toBe(1); // Scaled up by hand: that holds until it wakes.
    const ordered = await autopilot(here, 'wake --all --for 1h --reason removal --yes');
    expect(ordered).toMatchObject({ status: 0, out: expect.stringContaining(`${admin}\n  Done: `) });
    await here.minutes(5); // 08:33, where their schedule has them asleep
    expect(await asleepOnRecord(here)).toEqual([]);
    expect([await counts(here, front), await counts(here, admin)]).toEqual(['2 of 2', '2 of 2']);
    expect(await boundsOf(here, front)).toMatchObject({ MinCapacity: 1, MaxCapacity: 4, SuspendedState: awake });
  }, nights),
);

it(
  'services sleep by their schedule, get an image meanwhile, and wake as they were, one after the other, tested and rolled back',
  played(async (here) => {
    await letScale(here, front);
    await here.minutes(12); // 08:27
    expect([await counts(here, front), await counts(here, admin)]).toEqual(['0 of 0', '0 of 0']);
    expect(await boundsOf(here, front)).toMatchObject({ MinCapacity: 0, MaxCapacity: 4, SuspendedState: asleep });
    expect((await here.head(front))?.sleep?.saved.desired).toBe(2);
    await here.push('shop', 'latest', 'crash after=20s exit=1', 'bad');
    await here.minutes(11); // 08:38
    expect([await counts(here, front), await counts(here, admin)]).toEqual(['0 of 0', '0 of 0']);
    expect((await here.head(front))?.current).toMatchObject({ state: 'baking', untested: true });
    await here.minutes(10); // 08:48
    expect([await counts(here, front), await counts(here, admin)]).toEqual(['2 of 2', '2 of 2']);
    expect(await boundsOf(here, front)).toMatchObject({ MinCapacity: 1, MaxCapacity: 4, SuspendedState: awake });
    expect(await here.revision(front)).toBe('front:1');
    expect(await savedBy(here, front)).toEqual({ running: false, taskHours: 0.6, vcpuHours: 0.15, gbHours: 0.3, usd: 0.007406 });
    expect(here.states(front)).toEqual(expect.arrayContaining(['asleep', 'awake', 'rolling-back', 'rolled-back']));
    expect(here.calls.filter(({ caller }) => !caller.includes('tick')).map(({ operation }) => operation)).not.toContain(
      'RegisterScalableTarget',
    );
  }, nights),
);
