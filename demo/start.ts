import { parseArgs } from 'node:util';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Alerts, showAlert } from './alerts.ts';
import { awsAt } from './aws.ts';
import { Children } from './children.ts';
import { sandboxClock, type Clock } from './clock.ts';
import { paint } from './paint.ts';
import { run, startSandbox } from './sandbox-process.ts';
import { keepSecrets } from './secrets.ts';
import { readStage, type Stage } from './stack.ts';
import { tell } from './story.ts';

const usage = `npm start -- [--once] [--port 4566]
  --once   end after the story: status 0 when it came out as it should
  --port   where the sandbox listens`;

const say = (text: string): void => console.log(text);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { once: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true) {
    say(usage);
    return 0;
  }
  const ended = endedByHand();
  const children = new Children();
  try {
    return await Promise.race([ended, play(readPort(values.port), values.once === true, children, ended)]);
  } finally {
    await children.endAll();
  }
}

// From the beginning and to the end: npm hands on a Ctrl-C that the terminal has told us of already, and the second must not cut the ending
// short. (The script begins with exec: a shell between npm and us would keep what npm hands on to itself.)
function endedByHand(): Promise<number> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve(130));
    process.on('SIGTERM', () => resolve(143));
  });
}

async function play(port: number, once: boolean, children: Children, ended: Promise<number>): Promise<number> {
  await refuseTaken(port);
  say('Packaging the service, as `serverless deploy` would …');
  await run(children, 'npm', ['run', '--silent', 'package']);
  const endpoint = await startSandbox(children, port, (line) => say(paint('red', `  The sandbox warns: ${line}`)));
  const stage = readStage('.serverless');
  const [aws, clock] = [awsAt(endpoint), sandboxClock(endpoint)];
  say(`The sandbox listens on ${endpoint}: the packaged template and bundles, unchanged, on an AWS of local parts.`);
  await keepSecrets(aws, stage);
  const alerts = await Alerts.subscribe(aws.sns, aws.sqs);
  const faults = await tell({ aws, clock, alerts, stage, endpoint, say });
  if (faults.length > 0) say(paint('red', `\nThe story did not come out as it should: ${faults.join('; ')}.`));
  if (once) return faults.length === 0 ? 0 : 1;
  say(next(endpoint, stage));
  return stay(clock, alerts, ended);
}

/** Goes on at a minute a second, showing each alert, until somebody ends it. */
async function stay(clock: Clock, alerts: Alerts, ended: Promise<number>): Promise<number> {
  await clock.speed(60);
  for (;;) {
    for (const alert of await alerts.take().catch(() => [])) say(showAlert(alert));
    const status = await Promise.race([ended, wait<undefined>(500)]);
    if (status !== undefined) return status;
  }
}

function next(endpoint: string, { cluster, service, repository }: Stage): string {
  return `
${paint('bold', 'It goes on at a minute a second. In another terminal:')}

  export AWS_ENDPOINT_URL=${endpoint} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
  aws ecs describe-services --cluster ${cluster} --services ${service} --query 'services[0].deployments'
  aws ecr describe-images --repository-name ${repository}
  aws dynamodb query --table-name ecs-autopilot-production --key-condition-expression 'pk = :service' \\
    --expression-attribute-values '{":service":{"S":"service#${cluster}/${service}"}}'
  npm run autopilot -- status --sandbox
  npm run autopilot -- savings --sandbox
  npm run sandbox -- clock +10h${endpoint.endsWith(':4566') ? '' : ` --port ${new URL(endpoint).port}`}

What each channel was told: ${endpoint}/_sandbox/messages
Push an image of your own: ${paint('bold', 'docs/sandbox.md')} says how, and what it can be told to do. Ctrl-C ends everything.`;
}

function readPort(text = '4566'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`--port takes a number from 1 to 65535; found ${text}`);
}

// Asked before anything is packaged: whoever forgot an older sandbox should not wait to be told.
async function refuseTaken(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken. End what listens there, or choose another: npm start -- --port ${port + 1}`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
