import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { compileTags } from '../../lib/config/compile-tags.ts';
import type { RawTags } from '../../lib/config/schema-tags.ts';
import { DecidedService } from '../fixtures/decided-service.ts';

const everyOrder = <Item>(items: Item[]): Item[][] =>
  items.length < 2 ? [items] : items.flatMap((one) => everyOrder(items.filter((other) => other !== one)).map((rest) => [one, ...rest]));

const semver: RawTags = { match: '^v(?<key>.+)$', order: 'semver' };

describe('v1.9.0, v1.10.0 and v1.2.0', () => {
  const versions = ['v1.9.0', 'v1.10.0', 'v1.2.0'];
  const orders = everyOrder(versions);

  it.each(orders)('pushed as %s, %s, %s end on v1.10.0', (...pushed) => {
    const service = new DecidedService(compileTags(semver));
    for (const tag of pushed) {
      service.push(tag, tag);
      service.hear(tag);
    }
    service.settle();
    expect(service.tag()).toBe('v1.10.0');
  });

  it.each(orders.flatMap((pushed) => orders.map((heard) => [pushed.join(' '), heard.join(' ')])))(
    'pushed as %s and heard of as %s end on v1.10.0',
    (pushed, heard) => {
      const service = new DecidedService(compileTags(semver));
      for (const tag of pushed.split(' ')) service.push(tag, tag);
      for (const tag of heard.split(' ')) service.hear(tag);
      service.settle();
      expect(service.tag()).toBe('v1.10.0');
      expect(service.everDeployed().every((tag, index, all) => index === 0 || all.indexOf(tag) === index)).toBe(true);
    },
  );
});

const digests = ['a', 'b', 'c', 'd'];

/** Steps with a few digests and tags, so that several tags name one digest, and tags move between digests where they may. */
function steps(tags: string[], move: boolean) {
  const push = fc
    .tuple(fc.nat({ max: tags.length - 1 }), fc.constantFrom(...digests))
    .map(([index, digest]) => ({ do: 'push' as const, tag: tags[index] ?? '', digest: move ? digest : (digests[index % 4] ?? '') }));
  const hear = fc.record({ do: fc.constant('hear' as const), digest: fc.constantFrom(...digests) }); // Early, late, twice, or never.
  const reconcile = fc.record({ do: fc.constant('reconcile' as const) });
  const pass = fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 30, 60) });
  const step = fc.oneof({ weight: 4, arbitrary: push }, { weight: 4, arbitrary: hear }, reconcile, { weight: 2, arbitrary: pass });
  return fc.array(step, { maxLength: 30 });
}

describe('whatever is pushed, and in whatever order events tell of it', () => {
  it.each<[order: string, tags: RawTags, some: string[], move: boolean]>([
    ['semver', semver, ['v1.2.0', 'v1.9.0', 'v1.10.0', 'v2.0.0-rc.1', 'main'], true],
    ['semver with ties', { match: '^[vr](?<key>.+)$', order: 'semver' }, ['v1.9.0', 'r1.10.0', 'r1.9.0', 'v1.10.0'], false],
    ['numeric', { match: '^b-(?<key>.+)$', order: 'numeric' }, ['b-9', 'b-10', 'b-100', 'b-x'], true],
    ['alphabetical', { order: 'alphabetical', except: '^x' }, ['2026-11-01', '2026-11-20', '2026-12', 'x'], true],
  ])('the service ends on the newest by %s', (_, tags, some, move) => {
    const policy = compileTags(tags);
    fc.assert(
      fc.property(steps(some, move), (taken) => {
        const service = new DecidedService(policy);
        for (const one of taken) service.take(one);
        service.settle();
        expect(service.digest()).toBe(service.winner()?.digest);
        expect(service.steppedBack()).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('a thousand streams of events of the same pushes end alike, by push time too', () => {
    const tags = ['main-1', 'main-2', 'main-3', 'main-4'];
    const heard = fc.array(fc.oneof(fc.constantFrom(...tags), fc.constant('reconcile'), fc.constant('pass')), { maxLength: 20 });
    fc.assert(
      fc.property(heard, (events) => {
        const service = new DecidedService(compileTags('main-*'));
        for (const tag of tags) service.push(tag, tag);
        for (const event of events) {
          if (event === 'reconcile') service.reconcile();
          else if (event === 'pass') service.pass(30);
          else service.hear(event);
        }
        service.settle();
        expect(service.tag()).toBe('main-4');
      }),
      { numRuns: 1000 },
    );
  });
});
