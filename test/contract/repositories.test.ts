import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Candidate } from '../../lib/domain/image.ts';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

const dueAt = '2026-11-23T10:00:00.000Z';
const candidate: Candidate = { repository: 'web', digest: 'sha256:a', tag: 'latest', pushedAt: dueAt, origin: 'reconciliation' };

describe.each(tableImplementations)('Repositories on %s', (_, open) => {
  let ports: TablePorts;
  beforeAll(async () => {
    ports = await open();
  });
  afterAll(() => ports.close());

  it('has no cursor of a repository that was never enrolled', async () => {
    expect(await ports.repositories.read('unknown')).toBeUndefined();
  });

  it('creates a cursor once, at the beginning of a listing', async () => {
    expect(await ports.repositories.create('team/web', dueAt)).toBe(true);
    expect(await ports.repositories.create('team/web', '2026-12-01T00:00:00.000Z')).toBe(false);
    expect(await ports.repositories.read('team/web')).toEqual({ repository: 'team/web', version: 1, found: {}, dueAt });
  });

  it('replaces all that it holds, and raises the version', async () => {
    await ports.repositories.create('replaced', dueAt);
    const first = { repository: 'replaced', version: 1, page: 'p2', found: { 'tag:latest': [candidate] }, missing: true, dueAt };
    expect(await ports.repositories.write(first)).toBe(true);
    expect(await ports.repositories.read('replaced')).toEqual({ ...first, version: 2 });
    const second = { repository: 'replaced', version: 2, found: {} };
    expect(await ports.repositories.write(second)).toBe(true);
    expect(await ports.repositories.read('replaced')).toEqual({ ...second, version: 3 });
  });

  it.each([0, 2])('writes nothing on version %i when the cursor has version 1', async (version) => {
    const repository = `raced-${version}`;
    await ports.repositories.create(repository, dueAt);
    expect(await ports.repositories.write({ repository, version, page: 'p9', found: {} })).toBe(false);
    expect(await ports.repositories.read(repository)).toEqual({ repository, version: 1, found: {}, dueAt });
  });

  it('does not create a cursor by writing it', async () => {
    expect(await ports.repositories.write({ repository: 'nowhere', version: 1, found: {} })).toBe(false);
    expect(await ports.repositories.read('nowhere')).toBeUndefined();
  });
});
