import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
const linked = ['functions', 'lib', 'plugin', 'node_modules', 'package.json', 'config.schema.json'];

/** The product, packaged with a fleet of its own. */
export interface Packaged {
  /** Folder of the template and of the zips. */
  folder: string;
  /** How its functions were bundled: esbuild's own options. */
  bundling: Bundling;
  /** Hash of the configuration in its bundles. */
  hash: string;
  remove: () => Promise<void>;
}

export interface Bundling {
  bundle: true;
  minify: boolean;
  format: 'cjs';
  platform: 'node';
  target: string;
  mainFields: string[];
}

/** Few, so that a minute's share of the listings is one repository in a fleet of any size. */
const pagesAMinute = 2;

/** Key of the service with this number. */
export function serviceName(index: number): string {
  return `service-${index}`;
}

export const cluster = 'production';

const everything = `    metrics: true
    services:
      production/web:
        image: web
        tags: { match: '^v(?<key>.+)$', order: semver, range: '^1.2' }
        families: [web]
        logGroups: [/ecs/web]
        gates: { scan: { block: critical, wait: 15m }, age: 5m }
        offPeak: nights
    schedules:
      nights: { timezone: Europe/Berlin, awake: ['Mon-Fri 07:00-20:00'], holidays: ['12-24/01-01'] }
    alerts:
      channels:
        - slack: { token: 'ssm:/autopilot/slack-token', channel: '#deployments' }
        - teams: { webhook: 'ssm:/autopilot/teams-webhook' }
        - webhook: { url: 'https://ops.example.com/hooks/autopilot', secret: 'ssm:/autopilot/webhook-key' }
        - amazonQ: true`;

/** Packages the product as the framework does, configured for so many services, in a folder of its own. */
export async function packageFleet(services: number): Promise<Packaged> {
  return packageWith(fleetOf(services));
}

/** Packages the product for one service that asks for everything there is, so that no bundle leaves anything out. */
export async function packageEverything(): Promise<Packaged> {
  return packageWith(everything);
}

async function packageWith(configuration: string): Promise<Packaged> {
  const directory = await mkdtemp(join(tmpdir(), 'ecs-autopilot-bench-'));
  await Promise.all(linked.map((name) => symlink(join(root, name), join(directory, name))));
  const product = await readFile(join(root, 'serverless.yml'), 'utf8');
  await writeFile(join(directory, 'serverless.yml'), withConfiguration(product, configuration));
  await run('serverless', ['package'], directory);
  const folder = join(directory, '.serverless');
  const { bundling, hash } = await settingsOf(folder);
  return { folder, bundling, hash, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** Tells the sandbox of one service alone, so that fleets of any size begin with the same world; the bundles stay as they are. */
export async function seedOneService(folder: string): Promise<void> {
  const file = join(folder, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(await readFile(file, 'utf8')) as { Metadata?: Record<string, unknown> };
  const name = serviceName(0);
  const service = { cluster, name, images: [{ repository: name, tags: { kind: 'tag', tag: 'latest' } }] };
  template.Metadata = { ...template.Metadata, 'ecs-autopilot': { configuration: { services: { [`${cluster}/${name}`]: service } } } };
  await writeFile(file, JSON.stringify(template));
}

/** The product's file with another `custom.autopilot`: its block ends at the next line that is indented as much or less. */
function withConfiguration(product: string, configuration: string): string {
  const block = /^ {2}autopilot:\n(?:(?: {3,}.*)?\n)*/m;
  if (!block.test(product)) throw new Error('serverless.yml has no custom.autopilot');
  return product.replace(block, () => `  autopilot:\n${configuration}\n\n`);
}

function fleetOf(services: number): string {
  const entries = Array.from({ length: services }, (_, index) => {
    const name = serviceName(index);
    return `      ${cluster}/${name}: { image: ${name}, families: [${name}], verify: { bake: 1m, failures: 3 } }`;
  });
  return `    reconcile: { perMinute: ${pagesAMinute} }\n    services:\n${entries.join('\n')}`;
}

/** What a package says of itself: how its functions were bundled, and the hash of its configuration. */
export async function settingsOf(folder: string): Promise<Pick<Packaged, 'bundling' | 'hash'>> {
  const state = JSON.parse(await readFile(join(folder, 'serverless-state.json'), 'utf8')) as {
    service: { custom: { esbuild: Bundling & { define: Record<string, string> } } };
  };
  const { bundle, minify, format, platform, target, mainFields, define } = state.service.custom.esbuild;
  const { hash } = JSON.parse(define['__AUTOPILOT_CONFIGURATION__'] ?? '{}') as { hash: string };
  return { bundling: { bundle, minify, format, platform, target, mainFields }, hash };
}

function run(command: string, args: string[], directory: string): Promise<void> {
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`, NODE_OPTIONS: '', CI: '1' };
  return new Promise((done, fail) => {
    execFile(command, args, { cwd: directory, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) done();
      else fail(new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error }));
    });
  });
}
