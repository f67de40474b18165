import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Head } from '../../lib/domain/head.ts';
import { aDeployment, headFields } from './examples.ts';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

const acting = (by: string) => ({ acting: { by, until: '2026-11-23T10:01:10.000Z' } });

describe.each(tableImplementations)('Heads on %s', (_, open) => {
  let ports: TablePorts;
  beforeAll(async () => {
    ports = await open();
  });
  afterAll(() => ports.close());

  let services = 0;
  async function created(): Promise<string> {
    const service = `production/web-${(services += 1)}`;
    await ports.heads.create(service, headFields());
    return service;
  }

  it('has no head of a service that was never enrolled', async () => {
    expect(await ports.heads.read('production/unknown')).toBeUndefined();
  });

  it('reads back what was created, with version 1 and no failures', async () => {
    const service = await created();
    expect(await ports.heads.read(service)).toEqual({ ...headFields(), service, version: 1, failures: [] });
  });

  it('creates a head once: the second one changes nothing', async () => {
    const service = await created();
    expect(await ports.heads.create(service, headFields({ enrolledAt: '2026-11-24T00:00:00.000Z' }))).toBe(false);
    expect((await ports.heads.read(service))?.enrolledAt).toBe(headFields().enrolledAt);
  });

  it('answers true for the creation that created', async () => {
    expect(await ports.heads.create('production/new', headFields())).toBe(true);
  });

  it('changes the named attributes alone and raises the version by one', async () => {
    const service = await created();
    const current = aDeployment({ service });
    const written = await ports.heads.change(service, 1, { current });
    expect(written).toEqual({ ...headFields(), service, version: 2, failures: [], current });
    expect(await ports.heads.read(service)).toEqual(written);
  });

  it('removes what is null and leaves what is not named', async () => {
    const service = await created();
    await ports.heads.change(service, 1, { current: aDeployment(), dueAt: '2026-11-23T10:00:00.000Z' });
    const written = await ports.heads.change(service, 2, { current: null });
    expect(written).not.toHaveProperty('current');
    expect(written?.dueAt).toBe('2026-11-23T10:00:00.000Z');
  });

  it.each([0, 2])('writes nothing on version %i when the head has version 1', async (version) => {
    const service = await created();
    expect(
      await ports.heads.change(service, version, { hold: { since: '2026-11-23T10:00:00.000Z', actor: 'x', reason: 'y' } }),
    ).toBeUndefined();
    expect(await ports.heads.read(service)).toEqual({ ...headFields(), service, version: 1, failures: [] });
  });

  it('does not create a head by changing it', async () => {
    expect(await ports.heads.change('production/nowhere', 1, { owed: [] })).toBeUndefined();
    expect(await ports.heads.read('production/nowhere')).toBeUndefined();
  });

  it('lets one of two writers on the same version win', async () => {
    const service = await created();
    const written = await Promise.all([ports.heads.change(service, 1, acting('a')), ports.heads.change(service, 1, acting('b'))]);
    const winners = written.filter((head): head is Head => head !== undefined);
    expect(winners).toHaveLength(1);
    expect(await ports.heads.read(service)).toEqual(winners[0]);
  });

  it('keeps keys of any form in its maps, and empty strings', async () => {
    const service = await created();
    const seen = {
      'team/my.web-app': {
        digest: 'sha256:b',
        tag: '',
        pushedAt: '2026-11-23T10:00:00.000Z',
        outcome: 'baseline',
        reason: { code: 'baseline', text: '' },
      },
    } as const;
    expect((await ports.heads.change(service, 1, { seen }))?.seen).toEqual(seen);
  });

  it('adds failures once each, without checking or moving the version', async () => {
    const service = await created();
    await ports.heads.addFailures(service, ['b', 'a']);
    const head = await ports.heads.addFailures(service, ['a', 'c']);
    expect(head).toEqual({ ...headFields(), service, version: 1, failures: ['a', 'b', 'c'] });
  });

  it('counts no failure of a service without a head', async () => {
    expect(await ports.heads.addFailures('production/nothing', ['a'])).toBeUndefined();
    expect(await ports.heads.read('production/nothing')).toBeUndefined();
  });

  it('answers the head when there is nothing to add', async () => {
    const service = await created();
    expect((await ports.heads.addFailures(service, []))?.service).toBe(service);
  });

  it('forgets single failures, the last one included, and the version stays', async () => {
    const service = await created();
    await ports.heads.addFailures(service, ['a', 'b']);
    await ports.heads.forgetFailures(service, ['a', 'unknown']);
    expect((await ports.heads.read(service))?.failures).toEqual(['b']);
    await ports.heads.forgetFailures(service, ['b']);
    expect(await ports.heads.read(service)).toMatchObject({ failures: [], version: 1 });
  });

  it('forgets nothing of a service without a head', async () => {
    await ports.heads.forgetFailures('production/void', ['a']);
    expect(await ports.heads.read('production/void')).toBeUndefined();
  });

  it('answers with the failures when it changes something else, and forgets them all on null', async () => {
    const service = await created();
    await ports.heads.addFailures(service, ['a']);
    expect((await ports.heads.change(service, 1, { owed: [] }))?.failures).toEqual(['a']);
    expect((await ports.heads.change(service, 2, { failures: null }))?.failures).toEqual([]);
  });
});
