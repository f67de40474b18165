import { describe, expect, it } from '@jest/globals';
import { resolved } from '../../plugin/cloudformation.ts';
import { functionNames, functions } from '../../plugin/functions.ts';
import type { FunctionName } from '../../plugin/functions.ts';
import { patternsOf } from '../../plugin/patterns.ts';
import { compilePattern } from '../../sandbox/model/event-pattern.ts';
import { valid } from '../fixtures/fleets.ts';
import { sampleEvent, sampleNames } from '../fixtures/sample-event.ts';

const { configuration } = valid({ services: { 'production/my-web-app': { image: 'my-web-app', gates: { scan: { block: 'high' } } } } });

/** The patterns of a function as they are in the account and region of the sample events. */
function matchersOf(name: FunctionName) {
  const { trigger } = functions[name];
  const patterns = trigger === 'schedule' || trigger === 'queue' || trigger === 'call' ? [] : patternsOf(trigger, configuration).patterns;
  return patterns.map((pattern) => compilePattern(JSON.parse(localised(JSON.stringify(resolved(pattern))))));
}

function localised(pattern: string): string {
  return pattern.replaceAll('aws-us-gov', 'aws').replaceAll('ap-southeast-1', 'eu-west-1');
}

const matchers = functionNames.flatMap((name) => matchersOf(name).map((matches) => ({ name, matches })));

function wokenBy(event: unknown): FunctionName[] {
  return matchers.filter(({ matches }) => matches(event)).map(({ name }) => name);
}

const table: Record<string, FunctionName[]> = {
  'codedeploy-deployment-state': [],
  'command-cancel': [],
  'command-deploy': [],
  'command-hold': [],
  'command-lift': [],
  'command-resume': [],
  'command-rollback': [],
  'ecr-delete': [],
  'ecr-pull-through-cache': [],
  'ecr-push-helm-chart': [], // In a repository that no service names.
  'ecr-push-index-tagged': ['deploy-image'],
  'ecr-push-second-tag-same-digest': ['deploy-image'],
  'ecr-push-signature': ['deploy-image'], // By its tag only the flow knows it.
  'ecr-push-soci-index': ['deploy-image'],
  'ecr-push-tagged': ['deploy-image'],
  'ecr-push-untagged-child': [],
  'ecr-push-untagged-without-keys': [],
  'ecr-replication': ['deploy-image'],
  'ecr-scan-complete-basic': ['apply-scan'],
  'ecr-scan-resource-change': [],
  'ecs-deployment-completed': ['follow-rollout'],
  'ecs-deployment-completed-legacy-arn': [], // Names no cluster: the tick finds what it told.
  'ecs-deployment-failed': ['follow-rollout'],
  'ecs-deployment-in-progress': ['follow-rollout'],
  'ecs-deployment-rollback-in-progress': ['follow-rollout'],
  'ecs-service-action-legacy-arn': [],
  'ecs-service-action-placement-failure': ['follow-rollout'],
  'ecs-service-action-steady-state': [],
  'ecs-service-action-task-start-impaired': ['follow-rollout'],
  'ecs-task-deprovisioning-exit1': [],
  'ecs-task-failed-to-start-cannotpull': ['judge-stopped-task'],
  'ecs-task-failed-to-start-secrets': ['judge-stopped-task'],
  'ecs-task-running': [],
  'ecs-task-spot-interruption.stopped': ['judge-stopped-task'],
  'ecs-task-spot-interruption.warning': [],
  'ecs-task-stopped-container-health': ['judge-stopped-task'],
  'ecs-task-stopped-elb-health': ['judge-stopped-task'],
  'ecs-task-stopped-exit1': ['judge-stopped-task'],
  'ecs-task-stopped-injected-sidecar': ['judge-stopped-task'],
  'ecs-task-stopped-no-containers': ['judge-stopped-task'],
  'ecs-task-stopped-oom137': ['judge-stopped-task'],
  'ecs-task-stopped-run-task': [],
  'ecs-task-stopped-scale-in': [],
  'ecs-task-user-stopped': ['judge-stopped-task'],
  'inspector2-finding': ['apply-scan'],
  'inspector2-scan-complete': ['apply-scan'],
  'scheduled-rule-legacy': [],
  'scheduler-custom-input': [],
  'scheduler-no-input': [],
};

describe('a sample event wakes', () => {
  it.each(Object.entries(table))('%s: %j', (file, woken) => {
    expect(wokenBy(sampleEvent(file))).toEqual(woken);
  });

  it('a function that the table names, for each file there is', () => {
    expect(sampleNames).toEqual(Object.keys(table).toSorted());
  });
});

describe('an event wakes nobody', () => {
  it.each<[what: string, file: string, from: string, to: string]>([
    ['from another repository', 'ecr-push-tagged', '"my-web-app"', '"my-web-app-2"'],
    ['from another account', 'ecr-push-tagged', '123456789012', '999999999999'],
    ['from another region', 'ecr-push-tagged', 'eu-west-1', 'eu-west-2'],
    ['of a push that failed', 'ecr-push-tagged', 'SUCCESS', 'FAILURE'],
    ['of another service', 'ecs-deployment-completed', 'production/my-web-app', 'production/my-web-app-2'],
    ['of a service of another cluster', 'ecs-deployment-completed', 'production/my-web-app', 'staging/my-web-app'],
    ['of a task of another service', 'ecs-task-stopped-exit1', 'service:my-web-app', 'service:my-web-app-2'],
    ['of a task of another cluster', 'ecs-task-stopped-exit1', 'cluster/production', 'cluster/staging'],
  ])('%s', (_, file, from, to) => {
    const event = JSON.stringify(sampleEvent(file));
    expect(wokenBy(JSON.parse(event))).toHaveLength(1);
    expect(wokenBy(JSON.parse(event.replaceAll(from, to)))).toEqual([]);
  });
});

it('a stopped task without a reason wakes its judge', () => {
  const event = JSON.stringify(sampleEvent('ecs-task-stopped-exit1')).replaceAll('"stoppedReason"', '"unrelated"');
  expect(wokenBy(JSON.parse(event))).toEqual(['judge-stopped-task']);
});
