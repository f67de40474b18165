import { describe, expect, it } from '@jest/globals';
import type { Deployment, DeploymentState } from '../../lib/domain/deployment.ts';
import type { Level } from '../../lib/domain/notification.ts';
import type { ReasonCode } from '../../lib/domain/reason.ts';
import { describeDeployment } from '../../lib/notifications/describe-deployment.ts';
import { messages } from '../fixtures/told.ts';
import { aDeployment, diagnosis, policy, previous } from '../fixtures/told-deployment.ts';

const at = '2026-11-20T09:36:12.000Z';
const table = 'ecs-autopilot-production';

const external = (state: DeploymentState): string =>
  describeDeployment(aDeployment(state, 'external', 'x', { origin: 'external' }), { at }).id;

const steps = (state: DeploymentState, code: ReasonCode, differs = {}): string[] =>
  describeDeployment(aDeployment(state, code, 'x', differs), { at, table, previous }).next;
const lift = (digest: string): string => `npm run autopilot -- lift ${digest} --stage production --region eu-west-1`;

describe('the level', () => {
  it.each<[name: string, level: Level]>([
    ['waiting', 'info'],
    ['waiting-over-an-hour', 'warning'],
    ['deploying', 'info'],
    ['baking', 'info'],
    ['live', 'info'],
    ['superseded', 'info'],
    ['replaced', 'info'],
    ['cancelled', 'info'],
    ['rejected', 'warning'],
    ['rolling-back', 'warning'],
    ['external', 'warning'],
    ['external-baseline', 'info'],
    ['rolled-back', 'critical'],
    ['failed', 'critical'],
    ['incident', 'critical'],
    ['enrolled', 'info'],
    ['enrolled-missing', 'warning'],
    ['unsupported', 'warning'],
    ['trouble', 'warning'],
    ['let-go', 'info'],
    ['asleep', 'info'],
    ['awake', 'info'],
    ['woken-late', 'warning'],
    ['sleep-postponed', 'warning'],
    ['scaled-up', 'info'],
    ['cannot-sleep', 'warning'],
  ])('of %s is %s', (name, level) => {
    expect(messages[name]?.level).toBe(level);
  });
});

describe('the id', () => {
  it('is the deployment and its state, so that a repeat has the same', () => {
    expect(messages['live']?.id).toBe('01KADPXC0R0123456789ABCDEF#live');
  });

  it('tells what somebody else began from what follows', () => {
    expect([external('deploying'), external('baking'), external('live')]).toStrictEqual([
      '01KADPXC0R0123456789ABCDEF#external',
      '01KADPXC0R0123456789ABCDEF#baking',
      '01KADPXC0R0123456789ABCDEF#live',
    ]);
  });

  it('is different for every message that is not the same', () => {
    const once = Object.entries(messages).filter(
      ([name]) => !/-(over|untested|native|taken|watch|rollback|hand|refused|quarantined|baseline|scan|platform|found|in-part)/.test(name),
    );
    expect(new Set(once.map(([, { id }]) => id)).size).toBe(once.length);
  });
});

describe('the headline', () => {
  it.each<[name: string, headline: string, differs: Partial<Deployment>]>([
    ['names the tag alone where repository and service are called alike', 'production/my-web-app: v1.42.0 is live', {}],
    ['names the repository where they are not', 'production/shop: my-web-app:v1.42.0 is live', { service: 'production/shop' }],
    [
      'knows the repository below its folder',
      'production/my-web-app: v7 is live',
      { images: { 'team/my-web-app': { digest: 'sha256:aa', tag: 'v7' } } },
    ],
    [
      'names a digest where no tag is known',
      'production/my-web-app: my-web-app@sha256:0123456789ab is live',
      { images: { 'my-web-app': { digest: 'sha256:0123456789abcdef' } } },
    ],
    ['names the revision where no image is known', 'production/my-web-app: my-web-app:88 is live', { images: {} }],
    [
      'says how many more images there are',
      'production/my-web-app: v1 and 2 more is live',
      { images: { 'my-web-app': { digest: 'sha256:a', tag: 'v1' }, b: { digest: 'sha256:b' }, c: { digest: 'sha256:c' } } },
    ],
  ])('%s', (_, headline, differs) => {
    expect(describeDeployment(aDeployment('live', 'bake-passed', 'x', differs), { at }).headline).toBe(headline);
  });

  it('has no full stop', () => {
    expect(Object.values(messages).filter(({ headline }) => headline.endsWith('.'))).toStrictEqual([]);
  });
});

describe('the reason', () => {
  it.each<[text: string, why: string]>([
    ['the rollout completed', 'The rollout completed.'],
    ['my-web-app:v1 is new for the service', 'my-web-app:v1 is new for the service.'],
    ['no-vowels:v1 is new', 'no-vowels:v1 is new.'], // A name that begins like a word.
    ['3 of its tasks failed', '3 of its tasks failed.'],
    ['ECS gave up: tasks failed to start.', 'ECS gave up: tasks failed to start.'],
    ['it runs arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/web:7 again', 'It runs web:7 again.'],
  ])('%s is said as: %s', (text, why) => {
    expect(describeDeployment(aDeployment('live', 'bake-passed', text), { at }).why).toBe(why);
  });

  it('tells what happened in its order, each once: condemned, died of, back', () => {
    expect(messages['rolled-back']?.why).toBe(
      `3 of its tasks failed within 10 minutes; it takes 3 to condemn it. Container web ended with exit code 1: it ended with an error of its own. ${diagnosis.cause} The service runs my-web-app:87 again and its rollout completed.`,
    );
    expect(messages['rolling-back']?.why).toBe(`3 of its tasks failed within 10 minutes; it takes 3 to condemn it. ${diagnosis.cause}`);
  });

  it('ends with a full stop in every message', () => {
    expect(Object.values(messages).filter(({ why }) => !why.endsWith('.'))).toStrictEqual([]);
  });
});

describe('the next step', () => {
  it('lets in again what was rolled back, by its whole digest', () => {
    expect(steps('rolled-back', 'back-on-target')).toContain(
      lift('sha256:d7a73e043a0ce9092c77c4d727f2bec2d8cb758cf6988d558cb399da13583e74'),
    );
  });

  it('lifts nothing that the service runs again', () => {
    const images = { ...previous.images, sidecar: { digest: 'sha256:bad', tag: 'v2' } };
    const commands = steps('rolled-back', 'back-on-target', { images }).filter((line) => line.includes(' lift '));
    expect(commands).toStrictEqual([lift('sha256:bad')]);
  });

  it('names no table that is not known', () => {
    const { next } = describeDeployment(aDeployment('rolled-back', 'back-on-target', 'x'), { at });
    expect(next.filter((line) => line.includes('ecs-autopilot') || line.includes('--stage'))).toStrictEqual([]);
  });

  it('names the stage of the installation', () => {
    const { next } = describeDeployment(aDeployment('rolled-back', 'back-on-target', 'x'), { at, table: 'ecs-autopilot-staging' });
    expect(next.filter((line) => line.startsWith('npm')).every((line) => line.endsWith('--stage staging --region eu-west-1'))).toBe(true);
  });

  it('ends the hold of a rollback that was ordered by hand, and of no other', () => {
    const rollback = { to: 'x', taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/my-web-app:87', startedAt: at };
    const resume = 'npm run autopilot -- resume production/my-web-app --stage production --region eu-west-1';
    expect(steps('rolled-back', 'back-on-target', { rollback: { ...rollback, actor: 'anna' } })).toContain(resume);
    expect(steps('rolled-back', 'back-on-target', { rollback })).not.toContain(resume);
  });

  it('brings the revision before back, by name and region', () => {
    expect(steps('failed', 'rollback-failed')).toContain(
      'aws ecs update-service --region eu-west-1 --cluster production --service my-web-app --task-definition my-web-app:87',
    );
  });

  it('orders a rollback where one was not to begin by itself', () => {
    expect(steps('failed', 'rollback-disabled')).toContain(
      'npm run autopilot -- rollback production/my-web-app --stage production --region eu-west-1',
    );
  });

  it('never sends a desired count', () => {
    expect(
      Object.values(messages)
        .flatMap(({ next }) => next)
        .filter((line) => line.includes('desired-count')),
    ).toStrictEqual([]);
  });

  it('is none after what went well', () => {
    expect([steps('live', 'bake-passed'), steps('deploying', 'new-image'), steps('superseded', 'newer-candidate')]).toStrictEqual([
      [],
      [],
      [],
    ]);
  });

  it('quotes for the shell what is no plain name', () => {
    const next = steps('failed', 'rollback-failed', { service: "production/it's $(x)" });
    expect(next.join('\n')).toContain(String.raw`--service 'it'\''s $(x)'`);
  });
});

describe('a message', () => {
  it('holds nothing of the policy but times, and nothing of who looks after it', () => {
    const secretive = { ...policy, hash: 'hunter2', webhook: 'https://hooks.slack.com/services/hunter2' };
    const deployment = { ...aDeployment('live', 'bake-passed', 'x', { diagnosis }), environment: [{ name: 'PASSWORD', value: 'hunter2' }] };
    expect(JSON.stringify(describeDeployment(deployment, { at, policy: secretive, table, previous }))).not.toContain('hunter2');
  });

  it('is the same for the same input', () => {
    const deployment = aDeployment('live', 'bake-passed', 'x');
    expect(describeDeployment(deployment, { at, previous })).toStrictEqual(describeDeployment(deployment, { at, previous }));
  });
});
