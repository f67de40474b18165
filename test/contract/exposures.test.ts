import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Exposure } from '../../lib/ports/exposures.ts';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

const at = '2026-11-23T12:00:00.000Z';
const until = '2026-11-23T12:01:10.000Z';
const exposure = (digest: string, differing: Partial<Exposure> = {}): Exposure => ({ digest, by: 'first', rank: 3, until, ...differing });

describe.each(tableImplementations)('Exposures on %s', (_, open) => {
  let ports: TablePorts;
  beforeAll(async () => {
    ports = await open();
  });
  afterAll(() => ports.close());

  it.each<[name: string, taken: boolean, differing: Partial<Exposure>, now: string]>([
    ['are taken by one, and by no second', false, { by: 'second' }, at],
    ['are taken again by the same', true, {}, at],
    ['are taken by whoever knows of worse', true, { by: 'second', rank: 4 }, at],
    ['are not taken a millisecond before their end', false, { by: 'second' }, '2026-11-23T12:01:09.999Z'],
    ['are taken at their end', true, { by: 'second' }, until],
  ])('%s', async (name, taken, differing, now) => {
    expect(await ports.exposures.take(exposure(name), at)).toBe(true);
    expect(await ports.exposures.take(exposure(name, differing), now)).toBe(taken);
  });

  it('rest once they were told', async () => {
    await ports.exposures.take(exposure('told'), at);
    await ports.exposures.told(exposure('told', { until: '2026-11-24T12:00:00.000Z' }));
    expect(await ports.exposures.take(exposure('told', { by: 'second' }), until)).toBe(false);
    expect(await ports.exposures.take(exposure('told', { by: 'second' }), '2026-11-24T12:00:00.000Z')).toBe(true);
  });
});
