import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tableImplementations, type TablePorts } from './table-implementations.ts';

describe.each(tableImplementations)('Enrolment on %s', (_, open) => {
  let ports: TablePorts;
  beforeEach(async () => {
    ports = await open();
  });
  afterEach(() => ports.close());

  it('begins with nothing enrolled', async () => {
    expect(await ports.enrolment.read()).toEqual({ services: [], repositories: [] });
  });

  it('reads back what was written, an unfinished configuration included', async () => {
    const enrolled = { hash: 'h1', services: ['production/web'], repositories: ['web'], pending: { hash: 'h2', done: 3 } };
    await ports.enrolment.write(enrolled);
    expect(await ports.enrolment.read()).toEqual(enrolled);
  });

  it('takes the hash away with a portion that has none', async () => {
    await ports.enrolment.write({ hash: 'h1', services: [], repositories: [], pending: { hash: 'h2', done: 3 } });
    await ports.enrolment.write({ services: ['production/web'], repositories: [] });
    expect(await ports.enrolment.read()).toEqual({ services: ['production/web'], repositories: [] });
  });
});
