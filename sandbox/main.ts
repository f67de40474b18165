import { parseArgs } from 'node:util';
import { order } from './client.ts';
import type { EcsBehaviour } from './ecs.ts';
import type { SandboxOptions } from './options.ts';
import type { Sandbox } from './start.ts';

const usage = `Usage: npm run sandbox -- [options]             start a sandbox
       npm run sandbox -- clock                 tell the time of a running one
       npm run sandbox -- clock +10h            move its time on
       npm run sandbox -- clock speed 60        let a minute pass in a second
       npm run sandbox -- reset                 begin anew

  --port 4566                 where it listens, or where the running one is
  --package .serverless       folder of the packaged service
  --empty                     load no package
  --speed 1                   sandbox seconds a second at most; 0 stands still, Infinity does not wait
  --latency 0                 milliseconds that each AWS call takes longer; with any, races are chance
  --extra-member ecs.ContainerDefinition.futureField   take a member that our SDK does not know (repeatable)
  --dynamodb-endpoint URL     use this engine for DynamoDB
  --start 2026-11-24T14:00Z   when its time begins; without it, now
  --seed TEXT                 other ids and other chances, the same on each start
  --stale-reads 0             milliseconds by which reads of ECS may lag
  --throttling                refuse calls of ECS that come faster than its documented rates
  --inactive-lag 0            milliseconds for which ECS may still take a revision that was deregistered
  --rollback-resolves-tags    a native rollback of ECS takes the image that a tag names now
  --inject-container NAME     a container that AWS adds to each task (repeatable)
  --legacy-arns               ARNs of services and tasks of the old form, without their cluster
  --container-instances 3     hosts of each cluster, for launch type EC2 and DAEMON services
  --unchecked-layers          let put-image take a manifest whose layers were never uploaded`;

const options = {
  port: { type: 'string', default: '4566' },
  package: { type: 'string', default: '.serverless' },
  empty: { type: 'boolean', default: false },
  speed: { type: 'string', default: '1' },
  latency: { type: 'string', default: '0' },
  'extra-member': { type: 'string', multiple: true, default: [] as string[] },
  'dynamodb-endpoint': { type: 'string' },
  start: { type: 'string' },
  seed: { type: 'string', default: 'sandbox' },
  'stale-reads': { type: 'string', default: '0' },
  throttling: { type: 'boolean', default: false },
  'inactive-lag': { type: 'string', default: '0' },
  'rollback-resolves-tags': { type: 'boolean', default: false },
  'inject-container': { type: 'string', multiple: true, default: [] as string[] },
  'unchecked-layers': { type: 'boolean', default: false },
  'legacy-arns': { type: 'boolean', default: false },
  'container-instances': { type: 'string', default: '3' },
  help: { type: 'boolean', default: false },
} as const;

const parse = () => parseArgs({ options, allowPositionals: true });
type Flags = ReturnType<typeof parse>['values'];

async function main(): Promise<void> {
  const { values, positionals } = parse();
  if (values.help) console.log(usage);
  else if (positionals.length > 0) console.log(await order(`http://127.0.0.1:${values.port}`, positionals));
  else await serve(values);
}

async function serve(flags: Flags): Promise<void> {
  const asked = optionsFrom(flags);
  const { startSandbox } = await import('./start.ts'); // An order to a running one need not wait until all of AWS is loaded.
  const sandbox = await startSandbox(asked);
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => void stop(sandbox, status));
  const { functions, stacks } = sandbox.world;
  const loaded = stacks.map(({ name }) => `${name}, ${functions.all().length} functions`).join('; ') || 'no package loaded';
  console.log(`Sandbox on ${sandbox.endpoint} (${loaded}). Ctrl-C ends it.
Try:  export AWS_ENDPOINT_URL=${sandbox.endpoint} AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
      aws ecs list-clusters
      npm run sandbox -- clock +10h${flags.port === options.port.default ? '' : ` --port ${flags.port}`}`);
}

function optionsFrom(flags: Flags): SandboxOptions {
  return {
    port: number('--port', flags.port),
    speed: number('--speed', flags.speed),
    latencyMs: number('--latency', flags.latency),
    extraMembers: flags['extra-member'],
    seed: flags.seed,
    uncheckedLayers: flags['unchecked-layers'],
    ecs: behaviourFrom(flags),
    warn: (text) => console.error(text),
    ...(flags.start !== undefined && { start: instant('--start', flags.start) }),
    ...(!flags.empty && { package: flags.package }),
    ...(flags['dynamodb-endpoint'] !== undefined && { dynamodbEndpoint: flags['dynamodb-endpoint'] }),
  };
}

function behaviourFrom(flags: Flags): EcsBehaviour {
  return {
    staleReadsMs: number('--stale-reads', flags['stale-reads']),
    throttling: flags.throttling,
    choices: {
      rollbackResolvesTags: flags['rollback-resolves-tags'],
      inactiveLagMs: number('--inactive-lag', flags['inactive-lag']),
      injectedContainers: flags['inject-container'],
      legacyArns: flags['legacy-arns'],
      containerInstances: number('--container-instances', flags['container-instances']),
    },
  };
}

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new Error(`${flag} takes a number from 0 on; found ${text}`);
  return value;
}

function instant(flag: string, text: string): Date {
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) throw new Error(`${flag} takes an instant such as 2026-11-24T14:00Z; found ${text}`);
  return at;
}

async function stop(sandbox: Sandbox, status: number): Promise<void> {
  // Whatever hangs is not waited for.
  setTimeout(() => process.exit(status), 1500).unref();
  await sandbox.close();
  process.exit(status);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
