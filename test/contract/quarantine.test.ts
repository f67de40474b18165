import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QuarantineEntry } from '../../lib/ports/quarantine.ts';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

const entry = (digest: string, differing: Partial<QuarantineEntry> = {}): QuarantineEntry => ({
  digest,
  since: '2026-11-23T10:00:00.000Z',
  service: 'production/web',
  deployment: 'first',
  reason: { code: 'task-failures', text: 'exit 1, three times' },
  ...differing,
});

describe.each(tableImplementations)('Quarantine on %s', (_, open) => {
  let ports: TablePorts;
  beforeAll(async () => {
    ports = await open();
  });
  afterAll(() => ports.close());

  it('bars nothing when asked for nothing, and nothing that was never condemned', async () => {
    expect(await ports.quarantine.barring([])).toEqual([]);
    expect(await ports.quarantine.barring(['sha256:innocent'])).toEqual([]);
  });

  it('answers the entries of those that stand, each once', async () => {
    await ports.quarantine.add(entry('sha256:a'));
    await ports.quarantine.add(entry('sha256:b', { service: 'production/other' }));
    expect(await ports.quarantine.barring(['sha256:b', 'sha256:innocent', 'sha256:a', 'sha256:b'])).toEqual([
      entry('sha256:b', { service: 'production/other' }),
      entry('sha256:a'),
    ]);
  });

  it.each([
    ['a repeat of the same deployment', 'first'],
    ['another deployment that condemns it too', 'second'],
  ])('stays as it was first written after %s', async (_name, deployment) => {
    const digest = `sha256:${deployment}`;
    await ports.quarantine.add(entry(digest));
    await ports.quarantine.add(entry(digest, { deployment, since: '2026-11-23T11:00:00.000Z' }));
    expect(await ports.quarantine.barring([digest])).toEqual([entry(digest)]);
  });

  const by = { by: 'arn:aws:iam::123456789012:user/anna', at: '2026-11-23T10:30:00.000Z', because: 'the database was down' };

  it('answers what was lifted, with who did it and why, and bars it no longer', async () => {
    await ports.quarantine.add(entry('sha256:lifted'));
    expect(await ports.quarantine.lift('sha256:lifted', by)).toEqual({
      ...entry('sha256:lifted'),
      liftedBy: by.by,
      liftedAt: by.at,
      liftedBecause: by.because,
    });
    expect(await ports.quarantine.barring(['sha256:lifted'])).toEqual([]);
  });

  it('bars no longer what was lifted, not even after a late repeat', async () => {
    await ports.quarantine.add(entry('sha256:late'));
    await ports.quarantine.lift('sha256:late', by);
    await ports.quarantine.add(entry('sha256:late'));
    expect(await ports.quarantine.barring(['sha256:late'])).toEqual([]);
  });

  it('lifts nothing where nothing stands: never condemned, or lifted by somebody before', async () => {
    expect(await ports.quarantine.lift('sha256:never', by)).toBeUndefined();
    await ports.quarantine.add(entry('sha256:twice'));
    await ports.quarantine.lift('sha256:twice', by);
    expect(await ports.quarantine.lift('sha256:twice', { by: 'berta', at: '2026-11-23T10:45:00.000Z' })).toBeUndefined();
  });

  it('bars again what was lifted, when another deployment condemns it', async () => {
    await ports.quarantine.add(entry('sha256:again'));
    await ports.quarantine.lift('sha256:again', by);
    const second = entry('sha256:again', { deployment: 'second', since: '2026-11-23T11:00:00.000Z' });
    await ports.quarantine.add(second);
    expect(await ports.quarantine.barring(['sha256:again'])).toEqual([second]);
  });
});
