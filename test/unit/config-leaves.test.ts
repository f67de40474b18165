import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { editorSchema } from '../../lib/config/json-schema.ts';
import { validateConfiguration } from '../../lib/config/validate.ts';

interface Schema {
  type?: string;
  deprecated?: boolean;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  items?: Schema;
  anyOf?: Schema[];
  propertyNames?: unknown;
}

const schema = (editorSchema() as { properties: { custom: { properties: { autopilot: Schema } } } }).properties.custom.properties.autopilot;

/** Paths of all leaves, as `services.*.verify.bake` and `alerts.channels.0.email`; those of a later version end where they begin. */
function leavesOf(node: Schema, path: string[] = []): string[] {
  const inside = Object.entries(node.properties ?? {}).flatMap(([key, part]) => leavesOf(part, [...path, key]));
  const free = node.additionalProperties ? leavesOf(node.additionalProperties, [...path, '*']) : [];
  const entries = node.items ? leavesOf(node.items, [...path, '0']) : [];
  const forms = (node.anyOf ?? []).flatMap((form) => leavesOf(form, path));
  const all = [...inside, ...free, ...entries, ...forms];
  return node.deprecated === true || all.length === 0 ? [path.join('.')] : all;
}

const leaves = [...new Set(leavesOf(schema))].filter((leaf) => !leaf.startsWith('defaults.')); // They are those of a service: the test below says so.

const base = { services: { 'a/b': { image: 'web' } }, alerts: { channels: [{ email: 'team@example.com' }] } };
const images = (image: object) => ({ services: { 'a/b': { images: [{ repository: 'web', ...image }] } } });
const service = (settings: object) => ({ services: { 'a/b': { image: 'web', ...settings } } });
const channel = (settings: object) => ({ alerts: { channels: [{ email: 'team@example.com', ...settings }] } });
const chat = (settings: object) => ({ alerts: { channels: [settings] } });

/** The keys of a rule of tags, each with one that says something else than the default of its keys. */
function ruleLeaves(path: string, set: (tags: object) => object): Record<string, object> {
  return {
    [`${path}.match`]: set({ match: '^v' }),
    [`${path}.except`]: set({ except: '^v' }),
    [`${path}.order`]: set({ order: 'numeric' }),
    [`${path}.range`]: set({ order: 'semver', range: '^1' }),
    [`${path}.prereleases`]: set({ order: 'semver', prereleases: true }),
  };
}

const nights = { timezone: 'UTC', awake: ['Mon 07:00-20:00'] };
/** Two services that sleep by a schedule, and what differs. */
const sleeping = (schedule: object, settings: object = {}) => ({
  services: { 'a/b': { image: 'web', offPeak: 'nights', ...settings }, 'a/c': { image: 'web' } },
  schedules: { nights: { ...nights, ...schedule } },
});

const priced = (differing: object) => ({ prices: [{ vcpuHour: 0.04, gbHour: 0.004, ...differing }] });

const allowing = (differing: object) => ({
  gates: { scan: { block: 'high', allow: [{ id: 'CVE-2026-12345', until: '2027-01-31', reason: 'not reachable', ...differing }] } },
});

/** Per leaf a configuration that sets it to something else than its default. */
const changed: Record<string, object> = {
  metrics: { metrics: true },
  'services.*.image': service({ image: 'other' }),
  'services.*.images.0.repository': images({ repository: 'other' }),
  'services.*.images.0.containers.0': images({ containers: ['web'] }),
  'services.*.images.0.tags': images({ tags: 'stable' }),
  ...ruleLeaves('services.*.images.0.tags', (tags) => images({ tags })),
  'services.*.containers.0': service({ containers: ['web'] }),
  'services.*.tags': service({ tags: 'stable' }),
  ...ruleLeaves('services.*.tags', (tags) => service({ tags })),
  'services.*.base': service({ base: 'family' }),
  'services.*.gates.scan.block': service({ gates: { scan: { block: 'high' } } }),
  'services.*.gates.scan.wait': service({ gates: { scan: { block: 'high', wait: '16m' } } }),
  'services.*.gates.scan.otherwise': service({ gates: { scan: { block: 'high', otherwise: 'deploy' } } }),
  'services.*.gates.scan.allow.0.id': service(allowing({ id: 'CVE-2026-54321' })),
  'services.*.gates.scan.allow.0.until': service(allowing({ until: '2027-02-01' })),
  'services.*.gates.scan.allow.0.reason': service(allowing({ reason: 'another' })),
  'services.*.gates.age': service({ gates: { age: '30m' } }),
  'services.*.verify.failures': service({ verify: { failures: 4 } }),
  'services.*.verify.share': service({ verify: { share: '11%' } }),
  'services.*.verify.within': service({ verify: { within: '11m' } }),
  'services.*.verify.bake': service({ verify: { bake: '11m' } }),
  'services.*.verify.guard.for': service({ verify: { guard: { for: '25h' } } }),
  'services.*.verify.guard.within': service({ verify: { guard: { within: '3h' } } }),
  'services.*.verify.timeout': service({ verify: { timeout: '31m' } }),
  'services.*.verify.rollback': service({ verify: { rollback: false } }),
  'services.*.verify.external': service({ verify: { external: 'rollback' } }),
  'services.*.families.0': service({ families: ['web'] }),
  'services.*.taskRoles.0': service({ taskRoles: ['arn:aws:iam::123456789012:role/web'] }),
  'services.*.offPeak': { ...service({ offPeak: 'nights' }), schedules: { nights } },
  'services.*.after.0': sleeping({}, { after: ['a/c'] }),
  'services.*.logGroups.0': service({ logGroups: ['/ecs/web'] }),
  'services.*.alerts.level': service({ alerts: { level: 'warning' } }),
  'services.*.mode': service({ mode: 'watch' }),
  'services.*.managed': service({ managed: false }),
  'alerts.channels.0.email': channel({ email: 'others@example.com' }),
  'alerts.channels.0.level': channel({ level: 'critical' }),
  'alerts.channels.0.services.0': channel({ services: ['a/b'] }),
  'alerts.channels.0.states.0': channel({ states: ['failed'] }),
  'alerts.channels.0.slack.webhook': chat({ slack: { webhook: 'ssm:/slack' } }),
  'alerts.channels.0.slack.token': chat({ slack: { token: 'ssm:/token', channel: 'C0123456789' } }),
  'alerts.channels.0.slack.channel': chat({ slack: { token: 'ssm:/token', channel: '#deployments' } }),
  'alerts.channels.0.teams.webhook': chat({ teams: { webhook: 'ssm:/teams' } }),
  'alerts.channels.0.webhook.url': chat({ webhook: { url: 'https://example.com/', secret: 'ssm:/key' } }),
  'alerts.channels.0.webhook.secret': chat({ webhook: { url: 'https://example.com/', secret: 'ssm:/other' } }),
  'alerts.channels.0.amazonQ': chat({ amazonQ: true }),
  'schedules.*.timezone': sleeping({ timezone: 'Europe/Berlin' }),
  'schedules.*.awake.0': sleeping({ awake: ['Tue 07:00-20:00'] }),
  'schedules.*.holidays.0': sleeping({ holidays: ['12-25'] }),
  'schedules.*.exceptions.0.awake': sleeping({ exceptions: [{ awake: '2026-12-31' }] }),
  'schedules.*.exceptions.0.asleep': sleeping({ exceptions: [{ asleep: '2026-12-31' }] }),
  'schedules.*.asleep': sleeping({ asleep: 1 }),
  'schedules.*.asleep.min': sleeping({ asleep: { min: 1, desired: 2 } }),
  'schedules.*.asleep.desired': sleeping({ asleep: { min: 0, desired: 2 } }),
  'prices.0.region': priced({ region: 'eu-west-1' }),
  'prices.0.launch': priced({ launch: 'fargate-spot' }),
  'prices.0.platform': priced({ platform: 'linux/arm64' }),
  'prices.0.vcpuHour': priced({ vcpuHour: 0.03 }),
  'prices.0.gbHour': priced({ gbHour: 0.003 }),
  'prices.0.source': priced({ source: 'our bill' }),
  'reconcile.perMinute': { reconcile: { perMinute: 11 } },
  history: { history: '91d' },
};

describe('each leaf of the schema', () => {
  it('is compiled', () => {
    expect(Object.keys(changed).toSorted()).toEqual(leaves.toSorted());
  });

  it.each(Object.entries(changed))('%s changes what is compiled', (_, change) => {
    const sleeps = 'schedules' in change && 'services' in change && Object.keys(change.services as object).length > 1;
    const [before, after] = [
      validateConfiguration({ ...base, ...(sleeps && sleeping({})) }),
      validateConfiguration({ ...base, ...change }),
    ];
    expect(after).not.toHaveProperty('faults');
    expect({ ...after, warnings: [] }).not.toEqual({ ...before, warnings: [] });
  });

  it('of a service is one of the defaults too', () => {
    expect(schema.properties?.['defaults']).toEqual(schema.properties?.['services']?.additionalProperties);
  });
});

describe('config.schema.json', () => {
  it('is what `node plugin/write-schema.ts` writes', () => {
    expect(JSON.parse(readFileSync('config.schema.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(editorSchema())));
  });

  it('knows how services are named', () => {
    expect(schema.properties?.['services']?.propertyNames).toEqual({ pattern: '^[A-Za-z0-9_-]{1,255}/[A-Za-z0-9_-]{1,255}$' });
    const channels = schema.properties?.['alerts']?.properties?.['channels'];
    expect(channels?.items?.properties?.['services']?.items).not.toHaveProperty('propertyNames');
    expect(schema.properties?.['schedules']).not.toHaveProperty('propertyNames.pattern');
  });
});
