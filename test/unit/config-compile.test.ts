import { describe, expect, it } from '@jest/globals';
import { globPattern } from '../../lib/config/glob.ts';
import { validateConfiguration } from '../../lib/config/validate.ts';
import type { ValidConfiguration } from '../../lib/config/validate.ts';

const key = 'production/my-web-app';

function valid(raw: unknown): ValidConfiguration {
  const result = validateConfiguration(raw);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** The policy of the one service with these keys beside its image. */
function policyOf(service: object, rest: object = {}) {
  return valid({ services: { [key]: { image: 'web', ...service } }, ...rest }).configuration.services[key];
}

describe('a compiled policy', () => {
  it('has every default filled in', () => {
    expect(policyOf({})).toEqual({
      service: key,
      cluster: 'production',
      name: 'my-web-app',
      images: [{ repository: 'web', tags: { kind: 'tag', tag: 'latest' } }],
      base: 'service',
      verify: {
        failures: 3,
        sharePercent: 10,
        withinMs: 600_000,
        bakeMs: 600_000,
        guard: { forMs: 86_400_000, withinMs: 7_200_000 },
        timeoutMs: 1_800_000,
        rollback: true,
        external: 'tell',
      },
      mode: 'deploy',
      managed: true,
      historyMs: 7_776_000_000,
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('takes a single key of defaults and of its own, deep inside, and leaves the others', () => {
    const policy = policyOf(
      { verify: { guard: { within: '30m' } } },
      { defaults: { verify: { bake: '5m', guard: { for: '12h', within: '1h' } } } },
    );
    expect(policy?.verify).toMatchObject({ failures: 3, bakeMs: 300_000, guard: { forMs: 43_200_000, withinMs: 1_800_000 } });
  });

  it('replaces lists', () => {
    expect(policyOf({ containers: ['web'] }, { defaults: { containers: ['app', 'sidecar'] } })?.images[0]?.containers).toEqual(['web']);
  });

  it.each<[tags: string, policy: object]>([
    ['latest', { kind: 'tag', tag: 'latest' }],
    ['v1.2-rc_3', { kind: 'tag', tag: 'v1.2-rc_3' }],
    ['main-*', { kind: 'glob', glob: 'main-*' }],
    ['v?.[0-9]', { kind: 'glob', glob: 'v?.[0-9]' }],
    ['{main,release}-*', { kind: 'glob', glob: '{main,release}-*' }],
    ['!(dev)', { kind: 'glob', glob: '!(dev)' }],
  ])('reads the tags %s', (tags, policy) => {
    expect(policyOf({ tags })?.images[0]?.tags).toMatchObject(policy);
  });

  it.each<[tags: string, takes: string, leaves: string]>([
    ['main-*', 'main-42', 'not-main-42'],
    ['v?.[0-9]', 'v1.2', 'v1.x'],
    ['{main,release}-*', 'release-7', 'dev-7'],
    ['!(dev)', 'main', 'dev'],
  ])('compiles the glob %s to an expression that takes %s and leaves %s', (tags, takes, leaves) => {
    const compiled = policyOf({ tags })?.images[0]?.tags;
    const pattern = new RegExp(compiled?.kind === 'glob' ? compiled.pattern : '^$');
    expect([takes, leaves].filter((tag) => pattern.test(tag))).toEqual([takes]);
  });

  it('gives the tags of the defaults to images that name none', () => {
    const services = {
      [key]: {
        images: [
          { repository: 'web', containers: ['web'] },
          { repository: 'proxy', tags: 'stable' },
        ],
      },
    };
    expect(valid({ defaults: { tags: 'main-*', image: 'unused' }, services }).configuration.services[key]?.images).toEqual([
      { repository: 'web', containers: ['web'], tags: { kind: 'glob', glob: 'main-*', pattern: globPattern('main-*') } },
      { repository: 'proxy', tags: { kind: 'tag', tag: 'stable' } },
    ]);
  });
});

describe('the hash', () => {
  it('is the same whatever the order of keys', () => {
    const one = valid({ services: { 'a/b': { image: 'web', base: 'family' }, 'a/c': { image: 'web' } }, reconcile: { perMinute: 5 } });
    const other = valid({ reconcile: { perMinute: 5 }, services: { 'a/c': { image: 'web' }, 'a/b': { base: 'family', image: 'web' } } });
    expect(other.configuration).toEqual(one.configuration);
  });

  it('of a service changes with its own policy alone, the overall one with any', () => {
    const before = valid({ services: { 'a/b': { image: 'web' }, 'a/c': { image: 'web' } } }).configuration;
    const after = valid({ services: { 'a/b': { image: 'web', mode: 'watch' }, 'a/c': { image: 'web' } } }).configuration;
    expect(after.services['a/b']?.hash).not.toBe(before.services['a/b']?.hash);
    expect(after.services['a/c']?.hash).toBe(before.services['a/c']?.hash);
    expect(after.hash).not.toBe(before.hash);
  });

  it('does not change with a default that is written out', () => {
    expect(policyOf({ base: 'service', verify: { bake: '10m' } })?.hash).toBe(policyOf({})?.hash);
  });
});

describe('warnings', () => {
  const narrow = { image: 'web', families: ['web'], taskRoles: ['arn:aws:iam::123456789012:role/web'], logGroups: ['/ecs/web'] };
  const mail = { alerts: { channels: [{ email: 'team@example.com' }] } };

  it('are none for a configuration that is narrow and told to somebody', () => {
    expect(valid({ services: { [key]: narrow }, ...mail }).warnings).toEqual([]);
  });

  it.each<[what: string, raw: object, warning: string]>([
    ['no families', { services: { [key]: { ...narrow, families: undefined } }, ...mail }, `No families for ${key}`],
    ['no task roles', { services: { [key]: { ...narrow, taskRoles: undefined } }, ...mail }, `No taskRoles for ${key}`],
    ['no log groups', { services: { [key]: { ...narrow, logGroups: undefined } }, ...mail }, `No logGroups for ${key}`],
    ['no channel', { services: { [key]: narrow } }, 'nobody is told'],
    ['no channel for all', { services: { [key]: narrow }, alerts: { channels: [{ email: 'a@b.c', services: [key] }] } }, 'reach nobody'],
    ['no bake', { services: { [key]: { ...narrow, verify: { bake: '0s' } } }, ...mail }, 'verify.bake is 0s'],
    ['no bake by default', { defaults: { verify: { bake: '0s' } }, services: { [key]: narrow }, ...mail }, 'verify.bake is 0s'],
  ])('say %s', (_, raw, warning) => {
    expect(valid(raw).warnings).toEqual([expect.stringContaining(warning)]);
  });
});
