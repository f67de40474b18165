import { expect, it } from '@jest/globals';
import { failureOf } from '../../lib/decide/stopped-task/failure-of.ts';
import { failureEntry, parseFailure, type StoppedTask } from '../../lib/domain/failure.ts';
import { aRevision, ago, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const task: StoppedTask = {
  service: 'production/web',
  taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/production/task-1',
  taskDefinition: revision(2),
  startedBy: 'ecs-svc/1',
  stoppedAt: ago(60_000),
  createdAt: ago(120_000),
  ofService: true,
  containers: [],
};
const digest = `sha256:${'a'.repeat(64)}`;
const named = (reference: string) => aRevision({ web: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app${reference}` });

it.each([
  ['keeps the rollout where the revision names a tag', `${ago(60_000)}#task-1#web:2#47#ecs-svc/1`, named(':latest'), task],
  ['keeps none where it names the digest', `${ago(60_000)}#task-1#web:2#47`, named(`@${digest}`), task],
  ['keeps none where the revision is gone', `${ago(60_000)}#task-1#web:2#47`, undefined, task],
])('failureOf %s', (_name, entry, definition, stopped) => {
  const failure = failureOf(stopped, 47, definition, aPolicy());
  expect(failureEntry(failure)).toBe(entry);
  expect(parseFailure(entry)).toEqual(failure);
});
