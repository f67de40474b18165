import { InvokeCommand } from '@aws-sdk/client-lambda';
import { push } from './images.ts';
import { conversations } from './messages.ts';
import { night } from './night.ts';
import { heading, paint } from './paint.ts';
import { history, quarantined, revisionRun } from './record.ts';
import { servicesOf, until, type Expect, type Scene } from './scene.ts';

/** Tells the story; answers what did not come out as it should, nothing when all did. */
export async function tell(scene: Scene): Promise<string[]> {
  const faults: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
    scene.say(holds ? `  ${paint('green', '✓')} ${what}` : `  ${paint('red', '✗ not so:')} ${what}`);
  };
  for (const chapter of [installation, goodPush, crashingPush, secondDelivery, record, night]) {
    await chapter(scene, expect);
    if (faults.length > 0) break; // What follows builds on it.
  }
  return faults;
}

async function installation(scene: Scene, expect: Expect): Promise<void> {
  const { stage, say } = scene;
  say(heading('1. The product is installed. What runs is adopted, and nothing is deployed.'));
  const live = await until(scene, ({ state }) => state === 'live', stage.services);
  expect(servicesOf(live).length === stage.services, `all ${stage.services} services have a verified deployment to go back to`);
}

async function goodPush(scene: Scene, expect: Expect): Promise<void> {
  const { aws, stage, say } = scene;
  say(heading(`2. A developer pushes ${stage.repository}:${stage.tags.first}. It works.`));
  const before = await revisionRun(aws.ecs, stage);
  await push(aws.ecr, stage.repository, stage.tags.first, '1.1.0', 'healthy');
  const [live] = await until(scene, ({ state }) => state === 'live', 1);
  const after = await revisionRun(aws.ecs, stage);
  expect(live !== undefined && after !== before, `it is live: the service runs ${after} instead of ${before}`);
}

async function crashingPush(scene: Scene, expect: Expect): Promise<void> {
  const { aws, stage, say } = scene;
  say(heading(`3. A developer pushes ${stage.repository}:${stage.tags.second}. It crashes half a minute after it starts.`));
  const before = await revisionRun(aws.ecs, stage);
  const digest = await push(aws.ecr, stage.repository, stage.tags.second, '1.2.0', 'crash after=30s exit=1');
  const [back] = await until(scene, ({ state }) => state === 'rolled-back' || state === 'failed', 1);
  const after = await revisionRun(aws.ecs, stage);
  expect(back?.state === 'rolled-back' && after === before, `the service is back on ${after} by itself`);
  expect((await quarantined(aws.dynamo)).includes(digest), `${digest.slice(0, 19)}… is in quarantine: no service takes it again`);
  if (back !== undefined) say(`\n${paint('dim', 'The mail that the team reads:')}\n\n${indent(back.mail)}`);
  await slackThread(scene, expect);
}

/** Where the team is in Slack, all of it is one thread. */
async function slackThread({ endpoint, stage, say }: Scene, expect: Expect): Promise<void> {
  if (!stage.channels.some(({ kind }) => kind === 'slack-bot')) return;
  const [last] = await conversations(endpoint);
  const texts = [last?.first ?? '', ...(last?.replies ?? [])];
  const told = texts.at(-1) ?? '';
  expect(
    texts.length === 3 && /exit code 1/.test(told),
    `in Slack it is one thread of ${texts.length} messages, whose last names exit code and log`,
  );
  say(`    ${paint('dim', `Slack, Teams and mail, as people see them: ${endpoint}/_sandbox/messages`)}`);
}

async function secondDelivery(scene: Scene, expect: Expect): Promise<void> {
  const { aws, clock, alerts, stage, say } = scene;
  say(heading('4. EventBridge delivers that push a second time, as it may.'));
  const [before, recorded] = [await revisionRun(aws.ecs, stage), await history(aws.dynamo, stage)];
  const event = await pushEvent(scene);
  await aws.lambda.send(
    new InvokeCommand({
      FunctionName: 'ecs-autopilot-production-deploy-image',
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  await clock.advance('2m');
  const told = await alerts.take();
  const after = await history(aws.dynamo, stage);
  expect(
    (await revisionRun(aws.ecs, stage)) === before && after.length === recorded.length && told.length === 0,
    'nothing was deployed, recorded or told again',
  );
}

async function record(scene: Scene, expect: Expect): Promise<void> {
  const { aws, stage, say } = scene;
  say(heading('5. What is on record.'));
  const rows = await history(aws.dynamo, stage);
  for (const { id, state, origin, image, reason } of rows) {
    say(`  ${paint('dim', id)}  ${state.padEnd(12)} ${origin.padEnd(9)} ${image}\n${' '.repeat(30)}${paint('dim', reason)}`);
  }
  const states = rows.map(({ state }) => state).toSorted();
  expect(
    JSON.stringify(states) === JSON.stringify(['live', 'replaced', 'rolled-back']),
    'the baseline was replaced, the good image is live, the bad one is rolled back',
  );
}

async function pushEvent({ aws, clock, stage }: Scene): Promise<object> {
  const digest = (await quarantined(aws.dynamo))[0];
  const detail = {
    'action-type': 'PUSH',
    result: 'SUCCESS',
    'repository-name': stage.repository,
    'image-digest': digest,
    'image-tag': stage.tags.second,
  };
  const time = (await clock.now()).toISOString();
  const envelope = { version: '0', id: 'second-delivery', account: '123456789012', region: 'eu-west-1', time, resources: [] };
  return { ...envelope, source: 'aws.ecr', 'detail-type': 'ECR Image Action', detail };
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
