import { describe, expect, it } from '@jest/globals';
import { formatFaults } from '../../lib/config/faults.ts';
import type { Fault } from '../../lib/config/faults.ts';
import { validateConfiguration } from '../../lib/config/validate.ts';

const key = 'production/my-web-app';
const at = `services.${key}`;

/** One service with these keys beside its image. */
const withService = (service: object) => ({ services: { [key]: { image: 'my-web-app', ...service } } });
const withVerify = (verify: unknown) => withService({ verify });
const withChannel = (channel: unknown) => ({ ...withService({}), alerts: { channels: [channel] } });

function faultsOf(raw: unknown): Fault[] {
  const result = validateConfiguration(raw);
  return 'faults' in result ? result.faults : [];
}

const aPrice = { vcpuHour: 0.04, gbHour: 0.004 };
const withPrice = (price: object) => ({ ...withService({}), prices: [{ ...aPrice, ...price }] });

const finding = { id: 'CVE-2026-12345', until: '2027-01-31', reason: 'not reachable' };

describe('validateConfiguration finds', () => {
  it.each<[mistake: string, raw: unknown, path: string, found: string, allowed: string, ...nearest: string[]]>([
    ['no configuration at all', undefined, '', 'nothing', 'one of the keys defaults, services'],
    ['a list instead of a mapping', [], '', 'a list', 'one of the keys defaults, services'],
    ['no services', {}, 'services', 'nothing', 'a mapping from cluster/service'],
    ['an empty mapping of services', { services: {} }, 'services', 'no service', 'at least one service'],
    ['services as a list', { services: [key] }, 'services', 'a list', 'a mapping from cluster/service'],
    ['a service without cluster', { services: { web: { image: 'web' } } }, 'services.web', 'the key "web"', 'cluster/service'],
    ['a service by its ARN', { services: { 'a/b/c': { image: 'web' } } }, 'services.a/b/c', 'the key "a/b/c"', 'cluster/service'],
    ['a service without settings', { services: { [key]: null } }, at, 'nothing', 'one of the keys image'],
    ['a service without image', { services: { [key]: { tags: 'v1' } } }, `${at}.image`, 'nothing', 'an ECR repository'],
    ['an unknown key', { ...withService({}), interval: '1m' }, 'interval', 'an unknown key', 'one of the keys defaults'],
    ['a typo in a key', { ...withService({}), histroy: '1d' }, 'histroy', 'an unknown key', 'one of the keys', 'history'],
    [
      'a typo in a key of a service',
      withService({ contianers: ['web'] }),
      `${at}.contianers`,
      'an unknown key',
      'one of the keys',
      'containers',
    ],
    ['a key in other letters', withService({ taskroles: [] }), `${at}.taskroles`, 'an unknown key', 'one of the keys', 'taskRoles'],
    ['a typo deep inside', withVerify({ gaurd: { for: '1h' } }), `${at}.verify.gaurd`, 'an unknown key', 'one of the keys', 'guard'],
    ['a key of a service at the top', { ...withService({}), verify: {} }, 'verify', 'an unknown key', 'one of the keys defaults'],
    [
      'an unknown key of the defaults',
      { ...withService({}), defaults: { bake: '1m' } },
      'defaults.bake',
      'an unknown key',
      'verify',
      'base',
    ],
    ['an image with its tag', withService({ image: 'web:latest' }), `${at}.image`, '"web:latest"', 'without tag'],
    ['an image with its digest', withService({ image: 'web@sha256:abc' }), `${at}.image`, '"web@sha256:abc"', 'without tag'],
    ['an image in capital letters', withService({ image: 'Web' }), `${at}.image`, '"Web"', 'an ECR repository'],
    ['an image on Docker Hub', withService({ image: 'docker.io/library/nginx:1' }), `${at}.image`, '"docker.io/library/nginx:1"', 'ECR'],
    ['a repository of one letter', withService({ image: 'a' }), `${at}.image`, '"a"', 'an ECR repository'],
    [
      'a registry with a short account',
      withService({ image: '1234.dkr.ecr.eu-west-1.amazonaws.com/Web' }),
      `${at}.image`,
      '"1234.dkr',
      'ECR',
    ],
    ['both forms of image', withService({ images: [{ repository: 'web' }] }), `${at}.image`, 'image beside images', 'either images'],
    ['an empty list of images', { services: { [key]: { images: [] } } }, `${at}.images`, 'a list', 'a list of { repository'],
    ['images as plain names', { services: { [key]: { images: ['web'] } } }, `${at}.images[0]`, '"web"', 'one of the keys repository'],
    [
      'the same repository twice',
      {
        services: {
          [key]: {
            images: [
              { repository: 'web', tags: 'a' },
              { repository: 'web', tags: 'b' },
            ],
          },
        },
      },
      `${at}.images[1].repository`,
      '"web" a second time',
      'each repository once',
    ],
    [
      'the same container in two images',
      {
        services: {
          [key]: {
            images: [
              { repository: 'web', containers: ['app'] },
              { repository: 'log', containers: ['app'] },
            ],
          },
        },
      },
      `${at}.images[1].containers[0]`,
      '"app" a second time',
      'each container once',
    ],
    [
      'the same container twice',
      withService({ containers: ['web', 'web'] }),
      `${at}.containers[1]`,
      '"web" a second time',
      'each container',
    ],
    ['containers as one name', withService({ containers: 'web' }), `${at}.containers`, '"web"', 'a list of container names'],
    ['no container', withService({ containers: [] }), `${at}.containers`, 'a list', 'a list of container names'],
    ['a tag that YAML reads as a number', withService({ tags: 1.2 }), `${at}.tags`, '1.2', 'in quotes'],
    ['several tags', withService({ tags: ['a', 'b'] }), `${at}.tags`, 'a list', 'one tag such as latest'],
    ['an empty tag', withService({ tags: '' }), `${at}.tags`, '""', 'one tag'],
    ['a tag with a space', withService({ tags: 'my tag' }), `${at}.tags`, '"my tag"', 'one tag'],
    ['a tag that begins with a dot', withService({ tags: '.a' }), `${at}.tags`, '".a"', 'one tag'],
    ['a gate that is none', withService({ gates: { scna: {} } }), `${at}.gates.scna`, 'an unknown key', 'scan, age', 'scan'],
    ['a scan gate that blocks nothing', withService({ gates: { scan: {} } }), `${at}.gates.scan.block`, 'nothing', 'critical, high'],
    [
      'the same among the defaults',
      { ...withService({}), defaults: { gates: { scan: { wait: '1m' } } } },
      'defaults.gates.scan.block',
      'nothing',
      'critical, high',
    ],
    [
      'a severity of another name',
      withService({ gates: { scan: { block: 'severe' } } }),
      `${at}.gates.scan.block`,
      '"severe"',
      'critical, high, medium or low',
    ],
    [
      'a finding that is allowed until no day',
      withService({ gates: { scan: { block: 'high', allow: [{ id: 'CVE-2026-1', until: '2027-02-30', reason: 'a' }] } } }),
      `${at}.gates.scan.allow[0].until`,
      '"2027-02-30"',
      'a date',
    ],
    [
      'a finding that is allowed without a reason',
      withService({ gates: { scan: { block: 'high', allow: [{ id: 'CVE-2026-1', until: '2027-01-31', reason: ' ' }] } } }),
      `${at}.gates.scan.allow[0].reason`,
      '" "',
      'why it is put up with',
    ],
    [
      'a finding that is allowed twice',
      withService({ gates: { scan: { block: 'high', allow: [finding, finding] } } }),
      `${at}.gates.scan.allow[1].id`,
      '"CVE-2026-12345" a second time',
      'each finding once',
    ],
    ['an age of seconds', withService({ gates: { age: '59s' } }), `${at}.gates.age`, '"59s"', 'a duration from 1m to 30d'],
    [
      'a log group that is none',
      withService({ logGroups: ['/ecs/web *'] }),
      `${at}.logGroups[0]`,
      '"/ecs/web *"',
      'the name of a log group',
    ],
    ['a base in other words', withService({ base: 'sevice' }), `${at}.base`, '"sevice"', 'service or family', 'service'],
    ['a mode of another kind', withService({ mode: false }), `${at}.mode`, 'false', 'deploy or watch'],
    ['managed as text', withService({ managed: 'no' }), `${at}.managed`, '"no"', 'true or false'],
    ['a duration in words', withVerify({ bake: '10 minutes' }), `${at}.verify.bake`, '"10 minutes"', 'such as 30s, 10m, 24h or 90d'],
    ['a duration as a number', withVerify({ bake: 600 }), `${at}.verify.bake`, '600', 'a duration'],
    ['a duration in ISO 8601', withVerify({ timeout: 'PT30M' }), `${at}.verify.timeout`, '"PT30M"', 'a duration'],
    ['a duration of two units', withVerify({ bake: '1h30m' }), `${at}.verify.bake`, '"1h30m"', 'a duration'],
    ['a time-out that is too short', withVerify({ timeout: '59s' }), `${at}.verify.timeout`, '"59s"', 'from 1m to 24h'],
    ['a bake that is too long', withVerify({ bake: '25h' }), `${at}.verify.bake`, '"25h"', 'from 0s to 24h'],
    ['a share without its sign', withVerify({ share: 10 }), `${at}.verify.share`, '10', 'such as 10%'],
    ['a share above all', withVerify({ share: '101%' }), `${at}.verify.share`, '"101%"', 'from 0% to 100%'],
    ['failures as text', withVerify({ failures: '3' }), `${at}.verify.failures`, '"3"', 'a whole number from 1 to 100'],
    ['no failure', withVerify({ failures: 0 }), `${at}.verify.failures`, '0', 'from 1 to 100'],
    ['half a failure', withVerify({ failures: 1.5 }), `${at}.verify.failures`, '1.5', 'a whole number'],
    ['rollback as text', withVerify({ rollback: 'yes' }), `${at}.verify.rollback`, '"yes"', 'true or false'],
    [
      'external in other words',
      withVerify({ external: 'roll-back' }),
      `${at}.verify.external`,
      '"roll-back"',
      'tell or rollback',
      'rollback',
    ],
    ['verify as a switch', withVerify(true), `${at}.verify`, 'true', 'one of the keys failures'],
    ['a guard as a duration', withVerify({ guard: '24h' }), `${at}.verify.guard`, '"24h"', 'one of the keys for, within'],
    [
      'a guard that looks back farther than it lasts',
      withVerify({ guard: { for: '1h' } }),
      `${at}.verify.guard.within`,
      '"2h"',
      'at most guard.for, which is 1h',
    ],
    [
      'a family with its revision',
      withService({ families: ['web:3'] }),
      `${at}.families[0]`,
      '"web:3"',
      'the name of a task definition family',
    ],
    ['a role by its name', withService({ taskRoles: ['web'] }), `${at}.taskRoles[0]`, '"web"', 'the ARN of a role'],
    ['an address that is none', withChannel({ email: 'team' }), 'alerts.channels[0].email', '"team"', 'a mail address'],
    [
      'a level in other words',
      withChannel({ email: 'a@b.c', level: 'warn' }),
      'alerts.channels[0].level',
      '"warn"',
      'info, warning or critical',
    ],
    [
      'a channel for a service that is not there',
      withChannel({ email: 'a@b.c', services: ['production/my-web-ap'] }),
      'alerts.channels[0].services[0]',
      '"production/my-web-ap"',
      'a service under services',
      key,
    ],
    [
      'a glob with its star in the middle',
      withChannel({ email: 'a@b.c', services: ['*/web'] }),
      'alerts.channels[0].services[0]',
      '"*/web"',
      'begins',
    ],
    [
      'channels as a mapping',
      { ...withService({}), alerts: { channels: { email: 'a@b.c' } } },
      'alerts.channels',
      'a mapping',
      'a list of channels',
    ],
    ['a price without its half for memory', withPrice({ gbHour: undefined }), 'prices[0].gbHour', 'nothing', 'US dollars an hour'],
    ['a price in cents', withPrice({ vcpuHour: 404.8 }), 'prices[0].vcpuHour', '404.8', 'from 0 to 100'],
    ['a price as text', withPrice({ vcpuHour: '$0.04' }), 'prices[0].vcpuHour', '"$0.04"', 'US dollars an hour'],
    ['a price of a zone', withPrice({ region: 'eu-west-1a' }), 'prices[0].region', '"eu-west-1a"', 'a region, such as eu-central-1'],
    ['a launch in other words', withPrice({ launch: 'fargate_spot' }), 'prices[0].launch', '"fargate_spot"', 'fargate or', 'fargate-spot'],
    ['a platform in other words', withPrice({ platform: 'linux/arm' }), 'prices[0].platform', '"linux/arm"', 'linux/amd64', 'linux/arm64'],
    ['a region that is no text', withPrice({ region: { toString: 1 } }), 'prices[0].region', 'a mapping', 'region'],
    ['no price at all', { ...withService({}), prices: [] }, 'prices', 'a list', 'a list of { region, launch'],
    [
      'two prices of one thing',
      { ...withService({}), prices: [aPrice, { ...aPrice, launch: 'fargate', vcpuHour: 0.05 }] },
      'prices[1]',
      'fargate linux/amd64 in every region a second time',
      'each of them once',
    ],
    ['a pace that is too fast', { ...withService({}), reconcile: { perMinute: 101 } }, 'reconcile.perMinute', '101', 'from 1 to 100'],
    ['a history that is too short', { ...withService({}), history: '23h' }, 'history', '"23h"', 'from 1d to 3650d'],
  ])('%s', (_, raw, path, found, allowed, ...nearest) => {
    const fault = faultsOf(raw).find((each) => each.path === path);
    expect(fault).toMatchObject({ found: expect.stringContaining(found), allowed: expect.stringContaining(allowed) });
    expect([fault?.nearest].filter((each) => each !== undefined)).toEqual(nearest);
  });

  it('every fault at once, whether the schema sees it or not', () => {
    const raw = {
      histroy: 1,
      services: {
        web: { image: 'Web', verify: { bake: 1, gaurd: {} } },
        [key]: { images: [{ repository: 'web' }, { repository: 'web' }], tags: {}, gates: { scan: {} } },
      },
    };
    const paths = faultsOf(raw).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(
      [
        'histroy',
        'services.web',
        'services.web.image',
        'services.web.verify.bake',
        'services.web.verify.gaurd',
        `${at}.gates.scan.block`,
        `${at}.images[1].repository`,
        `${at}.tags`, // a rule of nothing
        `${at}.tags`, // and beside images
      ].toSorted(),
    );
  });
});

describe('validateConfiguration takes', () => {
  it.each<[what: string, raw: object]>([
    ['the least', withService({})],
    ['a repository in another account and region', withService({ image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/web' })],
    ['a repository in China', withService({ image: '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web' })],
    ['the image among the defaults', { defaults: { image: 'web' }, services: { [key]: {} } }],
    ['the bounds of a duration', withVerify({ bake: '0s', timeout: '1m', within: '24h' })],
    ['the bounds of a share and of failures', withVerify({ share: '100%', failures: 100 })],
    ['no guard', withVerify({ guard: { for: '0s' } })],
    ['a guard that looks back over all it lasts', withVerify({ guard: { for: '2h', within: '2h' } })],
    ['a history of a day', { ...withService({}), history: '1d' }],
    ['a channel for one cluster', withChannel({ email: 'a@b.c', services: ['production/*'] })],
  ])('%s', (_, raw) => {
    expect(faultsOf(raw)).toEqual([]);
  });
});

describe('formatFaults', () => {
  it('says what was found, what is allowed and what was probably meant', () => {
    expect(
      formatFaults(
        faultsOf({
          ...withVerify({ bake: '10 minutes', gaurd: {} }),
          services: { [key]: { image: 'my-web-app', verify: { bake: '10 minutes', gaurd: {} } } },
        }),
      ),
    ).toBe(
      [
        'custom.autopilot has 2 faults:',
        '- services.production/my-web-app.verify.bake',
        '    found: "10 minutes"',
        '    allowed: a duration from 0s to 24h, such as 30s, 10m, 24h or 90d',
        '- services.production/my-web-app.verify.gaurd',
        '    found: an unknown key',
        '    did you mean: guard',
        '    allowed: one of the keys failures, share, within, bake, guard, timeout, rollback, external',
      ].join('\n'),
    );
  });
});
