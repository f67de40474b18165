import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Failing } from '../../lib/domain/failing.ts';
import type { FailingFleet } from '../../lib/ports/failing-fleet.ts';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

const at = '2026-11-23T12:00:00.000Z';
const until = '2026-11-23T12:01:10.000Z';
const failing = (service: string, differing: Partial<Failing> = {}): Failing => ({ service, at, digests: ['sha256:a'], ...differing });
const byService = (some: Failing[]): Failing[] => some.toSorted((a, b) => a.service.localeCompare(b.service));

describe.each(tableImplementations)('The failing fleet on %s', (_, open) => {
  let ports: TablePorts;
  let fleet: FailingFleet;
  beforeAll(async () => {
    ports = await open();
    fleet = ports.failing;
  });
  beforeEach(async () => {
    await fleet.forget(await fleet.add(failing('a/probe')));
  });
  afterAll(() => ports.close());

  it('answers each verdict with all that are there', async () => {
    expect(await fleet.add(failing('a/one'))).toEqual([failing('a/one')]);
    const long = `${'c'.repeat(255)}/${'s-_'.repeat(85)}`;
    expect(byService(await fleet.add(failing(long)))).toEqual([failing('a/one'), failing(long)]);
  });

  it('holds one verdict a service, the latest, however often it is told', async () => {
    await fleet.add(failing('a/one'));
    await fleet.add(failing('a/one'));
    expect(await fleet.add(failing('a/one', { at: until, digests: ['sha256:b', 'sha256:c'] }))).toEqual([
      failing('a/one', { at: until, digests: ['sha256:b', 'sha256:c'] }),
    ]);
  });

  it('loses none of many that are added at once', async () => {
    const names = Array.from({ length: 12 }, (_unused, index) => `a/service-${index}`);
    const answers = await Promise.all(names.map((name) => fleet.add(failing(name))));
    expect(answers.some((answer) => answer.length === names.length)).toBe(true);
  });

  it('forgets what is told to be forgotten, and nothing that was told anew since', async () => {
    await fleet.add(failing('a/one'));
    await fleet.add(failing('a/two'));
    await fleet.add(failing('a/two', { at: until }));
    await fleet.forget([failing('a/one'), failing('a/two'), failing('a/never-there')]);
    expect(byService(await fleet.add(failing('a/three')))).toEqual([failing('a/three'), failing('a/two', { at: until })]);
  });

  it.each<[name: string, taken: boolean, by: string, now: string]>([
    ['is told by one, and by no second', false, 'second', at],
    ['may be told again by the same', true, 'first', at],
    ['is not told by another a millisecond before the end', false, 'second', '2026-11-23T12:01:09.999Z'],
    ['is told by another at the end', true, 'second', until],
  ])('%s', async (_name, taken, by, now) => {
    await fleet.told({ by: 'first', until });
    expect(await fleet.take({ by, until: '2026-11-23T12:02:20.000Z' }, now)).toBe(taken);
  });

  it('rests once it was told, and the telling is no verdict', async () => {
    await fleet.told({ by: 'first', until: at });
    expect(await fleet.take({ by: 'second', until }, at)).toBe(true);
    await fleet.told({ by: 'second', until: '2026-11-23T14:00:00.000Z' });
    expect(await fleet.take({ by: 'third', until: '2026-11-23T15:00:00.000Z' }, until)).toBe(false);
    expect(await fleet.add(failing('a/one'))).toEqual([failing('a/one')]);
  });
});
