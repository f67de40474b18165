import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OutsideMessage } from '../../sandbox/outside/outside-message.ts';
import type { LogLine } from '../../sandbox/lambda/instance.ts';
import { Installation } from '../fixtures/installation.ts';

const web = 'production/web';
const secrets = {
  '/autopilot/slack-token': 'xoxb-sandbox',
  '/autopilot/teams-webhook': 'https://example.webhook.office.com/workflows/1',
  '/autopilot/webhook-key': 'a key',
};

let here: Installation;

beforeAll(async () => {
  here = await Installation.create({ fixture: 'channels' });
  const { call } = here.sandbox;
  for (const [Name, Value] of Object.entries(secrets)) await call('ssm', 'PutParameter', { Name, Value, Type: 'SecureString' });
  await call('secretsmanager', 'CreateSecret', {
    Name: 'autopilot/slack-webhook',
    SecretString: 'https://hooks.slack.com/services/T0/B0/x',
  });
  await here.minutes(5);
}, 90_000);
afterAll(() => here.close());

const posts = (place: string): OutsideMessage[] => here.sandbox.world.outside.messages.filter((message) => message.place.startsWith(place));
const thread = (): OutsideMessage[] => {
  const first = posts('#deployments').findLast((message) => message.thread === undefined);
  return posts('#deployments').filter(({ thread: of, ts }) => ts === first?.ts || of === first?.ts);
};
/** Who wrote a metric, its name, its unit and its value, read as CloudWatch does. */
function figureOf({ function: by, line }: LogLine): [by: string, name: string, unit: string, value: unknown] {
  const told = JSON.parse(line) as { _aws: { CloudWatchMetrics: Directive[] } } & Record<string, unknown>;
  const [{ Namespace, Dimensions, Metrics } = {} as Directive] = told['_aws'].CloudWatchMetrics;
  expect({ Namespace, Dimensions, stage: told['stage'] }).toEqual({
    Namespace: 'EcsAutopilot',
    Dimensions: [['stage']],
    stage: 'production',
  });
  const [{ Name, Unit } = { Name: '', Unit: '' }] = Metrics;
  return [by, Name, Unit, told[Name]];
}

interface Directive {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string; Unit: string }[];
}

const textOf = ({ body }: OutsideMessage): string => JSON.stringify(body);

describe('The channels', () => {
  it('take a crash: one thread in Slack, whose first message shows the outcome', async () => {
    const before = posts('#deployments').length;
    await here.push('web', 'latest', 'crash after=5s exit=3');
    await here.minutes(10);
    expect(here.states(web).slice(-3)).toEqual(['deploying', 'rolling-back', 'rolled-back']);
    const told = thread();
    expect(told).toHaveLength(posts('#deployments').length - before);
    expect(told).toHaveLength(3);
    expect(told.map((message) => message.thread === undefined)).toEqual([true, false, false]);
    expect(textOf(told[0] as OutsideMessage)).toContain('was rolled back'); // Updated.
    const last = textOf(told[2] as OutsideMessage);
    expect(last).toContain('exit code 3');
    expect(last).toContain('Error: connection to the database was refused'); // The last lines of its log.
    expect(last).toContain('the image alone');
  });

  it('and the crash are counted in lines of the log of which CloudWatch makes metrics', () => {
    const figures = here.logs.flatMap((line) => (line.line.startsWith('{"_aws"') ? [figureOf(line)] : [])); // As it is: wrapped, none would be made.
    const of = (name: string) => figures.filter(([, metric]) => metric === name);
    expect(of('Deployments')).toEqual([['ecs-autopilot-production-deploy-image', 'Deployments', 'Count', 1]]);
    expect(of('Rollbacks')).toEqual([['ecs-autopilot-production-judge-stopped-task', 'Rollbacks', 'Count', 1]]);
    expect(of('TimeToRestore')).toEqual([[expect.any(String), 'TimeToRestore', 'Seconds', expect.any(Number)]]);
    expect(of('AlertsSent').length).toBeGreaterThan(3);
    expect(new Set(of('AlertsSent').map(([by]) => by))).toEqual(new Set(['ecs-autopilot-production-post-to-slack']));
  });

  it('take what each asks for, and nothing else', () => {
    expect(posts('/services/').map(textOf)).toEqual([expect.stringContaining('was rolled back')]);
    expect(posts('example.webhook.office.com')).toMatchObject([
      { kind: 'teams', body: { summary: expect.stringContaining('was rolled back') } },
    ]);
    const states = posts('ops.example.com').map(({ body }) => (body['notification'] as { state: string }).state);
    expect(states).toEqual(here.states(web));
    expect(here.sandbox.messages.filter(({ topicArn }) => topicArn.endsWith('-amazon-q'))).toHaveLength(here.told().length);
  });

  it('are signed, so that a receiver can check', () => {
    const [{ headers = {}, body } = { body: {} }] = posts('ops.example.com');
    const signed = `${headers['x-autopilot-timestamp']}.${JSON.stringify(body)}`;
    expect(headers['x-autopilot-signature']).toBe(`v1=${createHmac('sha256', 'a key').update(signed).digest('hex')}`);
  });

  it('lose nothing while Slack is down for ten minutes, and hold up no rollback', async () => {
    const before = posts('#deployments').length;
    here.fault({ fault: 'outside', host: 'slack.com', answer: 503 });
    await here.push('web', 'latest', 'crash after=5s exit=1', 'another');
    await here.minutes(10);
    expect(here.states(web).slice(-2)).toEqual(['rolling-back', 'rolled-back']);
    expect(posts('#deployments')).toHaveLength(before);
    here.fault({ fault: 'outside', host: 'slack.com', answer: 200 });
    await here.minutes(4);
    expect(posts('#deployments')).toHaveLength(before + 3);
    expect(textOf(thread()[0] as OutsideMessage)).toContain('was rolled back');
  });

  it('that were revoked are told on the topic, once, and are told to be back', async () => {
    here.fault({ fault: 'outside', host: 'slack.com', answer: 404 });
    await here.push('web', 'latest', 'healthy', 'good');
    await here.minutes(10);
    const refused = here.told().filter(({ code }) => code === 'channel-refused');
    expect(refused).toMatchObject([{ level: 'warning', headline: 'Slack (#deployments) takes no messages' }]);
    here.fault({ fault: 'outside', host: 'slack.com', answer: 200 });
    await here.minutes(4);
    expect(here.told().filter(({ code }) => code === 'channel-recovered')).toHaveLength(1);
    expect(textOf(thread()[0] as OutsideMessage)).toBeDefined();
  });

  it('tell plainly what a person puts on the topic', async () => {
    const topicArn = here.sandbox.messages.find(({ topicArn: arn }) => arn.endsWith('-alerts'))?.topicArn;
    await here.sandbox.call('sns', 'Publish', { TopicArn: topicArn, Subject: 'Maintenance', Message: 'Nobody deploys tonight.' });
    await here.minutes(1);
    expect(posts('#deployments').map(textOf)).toContainEqual(expect.stringContaining('Nobody deploys tonight.'));
  });

  it('hold no secret in any log', () => {
    const lines = JSON.stringify(here.logs);
    for (const secret of [...Object.values(secrets), 'hooks.slack.com/services']) expect(lines).not.toContain(secret);
  });

  it('were denied nothing', () => {
    expect(here.warnings).toEqual([]);
  });
});
