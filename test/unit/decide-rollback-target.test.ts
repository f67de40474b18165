import { describe, expect, it } from '@jest/globals';
import { chooseTarget, type Readiness } from '../../lib/decide/rollback-target.ts';
import { aDeployment, aHead, aTarget } from '../fakes/decision-facts.ts';

const ready = (deployment: string): Readiness => ({ deployment, ready: true });
const gone = (deployment: string, why: string): Readiness => ({ deployment, ready: false, why });
const head = aHead({
  current: aDeployment({ state: 'live' }),
  verified: [aDeployment({ state: 'live' }), aTarget(), aTarget({ id: 'deployment-0' })],
});

describe('chooseTarget', () => {
  it.each<[name: string, id: string | undefined, readiness: Readiness[]]>([
    ['is the newest that can start', 'deployment-1', [ready('deployment-0'), ready('deployment-1')]],
    ['is never the one under judgement', 'deployment-1', [ready('deployment-2'), ready('deployment-1')]],
    ['skips one that cannot start', 'deployment-0', [gone('deployment-1', 'it is archived'), ready('deployment-0')]],
    ['skips one of which nothing is known', 'deployment-0', [ready('deployment-0')]],
    ['is none where none can start', undefined, [gone('deployment-1', 'it is archived')]],
  ])('%s', (_, id, readiness) => {
    expect(chooseTarget(head, readiness).target?.id).toBe(id);
  });

  it('is none that runs the very revision under judgement: going back to it would change nothing', () => {
    const twin = aTarget({ id: 'twin', taskDefinition: head.current?.taskDefinition ?? '' });
    const told = chooseTarget({ ...head, verified: [twin, aTarget()] }, [ready('twin'), ready('deployment-1')]);
    expect(told.target?.id).toBe('deployment-1');
  });

  it('says why there is none', () => {
    const readiness = [gone('deployment-1', 'it is archived'), gone('deployment-0', 'it is archived')];
    expect(chooseTarget(head, readiness)).toEqual({ target: undefined, why: 'none of the 2 verified before it can start: it is archived' });
    expect(chooseTarget(aHead({ verified: [] }), [])).toEqual({ target: undefined, why: 'no deployment before it was verified' });
  });
});
