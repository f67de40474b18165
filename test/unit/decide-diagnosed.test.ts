import { describe, expect, it } from '@jest/globals';
import { diagnosed } from '../../lib/decide/diagnosed.ts';
import { describeRow } from '../../lib/decide/stopped-task/describe-row.ts';
import { adoptExternal, failExternal } from '../../lib/decide/transitions/adopt.ts';
import { adoptRollback, beginRollback, closeRollback, failDeployment } from '../../lib/decide/transitions/rollback.ts';
import type { Transition } from '../../lib/decide/transitions/transition.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import { aDeployment, ago, aHead, aRollout, aService, aTarget, failures, now, revision } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

describe('what a condemned deployment has on record', () => {
  const before = aDeployment({ diagnosis: { row: 32, category: 'OOM', counts: 'yes', cause: 'memory' } });
  it.each<[name: string, entries: string[], deployment: Deployment, row: number | undefined]>([
    ['is the main cause of its failures', [...failures(2, { row: 38 }), ...failures(1, { row: 45 })], aDeployment(), 38],
    ['is nothing without failures', [], aDeployment(), undefined],
    ['is nothing of the failures of another revision', failures(3, { nth: 1 }), aDeployment(), undefined],
    ['is nothing of a row that this version lacks', failures(3, { row: 99 }), aDeployment(), undefined],
    ['stays when its failures are gone', [], before, 32],
    ['follows the failures that came after', failures(3, { row: 38 }), before, 38],
  ])('%s', (_, entries, deployment, row) => {
    expect(diagnosed(aHead({ failures: entries }), deployment).diagnosis?.row).toBe(row);
  });
});

describe('the record says what the tasks died of', () => {
  const head = aHead({ failures: failures(3, { row: 38 }) });
  const reason = { code: 'task-failures', text: 'three failed' } as const;
  const back = aRollout({ id: 'ecs-svc/3', taskDefinition: revision(1) });
  const current = aDeployment({ state: 'rolling-back', rollback: { to: 'deployment-1', taskDefinition: revision(1), startedAt: ago(1) } });
  const outside = { rollout: back, service: aService(), images: {}, reason, again: false };
  const adopted = (state: Deployment['state']) => adoptExternal({ ...head, current: { ...current, state } }, outside, now);
  it.each<[when: string, transition: Transition, state: Deployment['state']]>([
    ['its way back begins', beginRollback(head, aDeployment(), aTarget(), reason, { by: 'a', until: ago(-1) }, now), 'rolling-back'],
    ['ECS went back first', adoptRollback(head, aDeployment(), back, aTarget(), reason, now), 'rolling-back'],
    ['the service is back', closeRollback(head, current, back, aPolicy().verify, now), 'rolled-back'],
    ['somebody else deploys meanwhile', adopted('rolling-back'), 'rolled-back'],
    ['it cannot be put right', failDeployment(head, aDeployment(), reason, now), 'failed'],
  ])('when %s', (_, { told }, state) => {
    expect(told[0]).toMatchObject({ id: 'deployment-2', state, diagnosis: describeRow(38) });
  });

  it('when somebody brought back what is in quarantine', () => {
    const again = aHead({ failures: failures(3, { nth: 1, row: 38 }) });
    expect(failExternal(again, adopted('live'), reason, now).change.current).toMatchObject({ state: 'failed', diagnosis: { row: 38 } });
  });

  it('and nothing of what was merely superseded', () => {
    expect(adopted('deploying').told[0]?.diagnosis).toBeUndefined();
  });
});
