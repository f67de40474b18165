import { describe, expect, it } from '@jest/globals';
import { oneWayBarrier, takenOver, withOneWay } from '../../lib/decide/one-way.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import { aDeployment, aHead, aTarget } from '../fakes/decision-facts.ts';

const says = (...digests: string[]): Partial<Deployment> => ({ oneWay: { digests } });
const running = (letter: string, differing: Partial<Deployment> = {}): Deployment =>
  aTarget({ id: `of-${letter}`, images: { 'my-web-app': { digest: `sha256:${letter}` } }, ...differing });

describe('oneWayBarrier', () => {
  const target = running('a');
  it.each<[name: string, bars: boolean, current: Deployment, verified: Deployment[]]>([
    ['bars what would leave the image that says so', true, aDeployment(says('sha256:b')), [target]],
    ['bars nothing where no image says so', false, aDeployment(says()), [target]],
    ['bars nothing where none was asked', false, aDeployment(), [target]],
    ['bars nothing where the target runs that image too', false, aDeployment(says('sha256:a')), [target]],
    ['bars what would pass over a verified one that says so', true, aDeployment(), [running('c', says('sha256:c')), target]],
    ['bars nothing that goes back to the one that says so', false, aDeployment(), [target, running('c', says('sha256:c'))]],
    ['bars nothing for one that is older than the target', false, aDeployment(), [target, running('0', says('sha256:0'))]],
    ['bars what would leave one that was never verified', true, aDeployment(says('sha256:x')), [target]],
  ])('%s', (_name, bars, current, verified) => {
    expect(oneWayBarrier(aHead({ verified }), current, target) !== undefined).toBe(bars);
  });

  it('names the image', () => {
    expect(oneWayBarrier(aHead(), aDeployment(says('sha256:b')), target)).toEqual({
      text: 'its image of my-web-app says autopilot.rollback=never',
    });
    expect(oneWayBarrier(aHead(), aDeployment(says('sha256:0123456789abcdef')), target)).toEqual({
      text: 'an image deployed before it, sha256:0123456789ab, says autopilot.rollback=never',
    });
  });
});

describe('takenOver', () => {
  it.each<[name: string, takes: boolean, current: Deployment | undefined]>([
    ['is what one in flight says', true, aDeployment({ state: 'deploying', ...says('sha256:b') })],
    ['is what one that bakes says', true, aDeployment({ state: 'baking', ...says('sha256:b') })],
    ['is what one that failed and was not rolled back says', true, aDeployment({ state: 'failed', ...says('sha256:b') })],
    ['is nothing of a live one, which is a target itself', false, aDeployment({ state: 'live', ...says('sha256:b') })],
    ['is nothing of one on its way back', false, aDeployment({ state: 'rolling-back', ...says('sha256:b') })],
    ['is nothing of one that says nothing', false, aDeployment(says())],
    ['is nothing without one', false, undefined],
  ])('%s', (_name, takes, current) => {
    expect(takenOver(current)).toEqual(takes ? { oneWay: { digests: ['sha256:b'] } } : {});
  });
});

describe('withOneWay', () => {
  it('adds what its own images say to what it took over, with a note for people', () => {
    const known = withOneWay(aDeployment({ oneWay: { digests: ['sha256:x'] }, notes: ['a note'] }), ['sha256:b']);
    expect(known).toMatchObject({
      oneWay: { digests: ['sha256:x', 'sha256:b'], asked: ['sha256:b'] },
      notes: ['a note', 'the image of my-web-app says autopilot.rollback=never: it is not rolled back by itself'],
    });
  });

  it('notes nothing where they say nothing', () => {
    expect(withOneWay(aDeployment(), [])).toEqual({ ...aDeployment(), oneWay: { digests: [], asked: ['sha256:b'] } });
  });
});
