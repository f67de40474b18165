import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../lib/domain/deployment.ts';
import { aDeployment } from './examples.ts';
import { suiteNow, tableImplementations, type TablePorts } from './table-implementations.ts';

const step = (at: string) => ({ at, state: 'live', reason: { code: 'bake-passed', text: 'steady' } }) as const;
const id = (n: number): string => `01JD00000000000000000000${String(n).padStart(2, '0')}`;

describe.each(tableImplementations)('DeploymentLog on %s', (_, open) => {
  let ports: TablePorts;
  beforeAll(async () => {
    ports = await open();
  });
  afterAll(() => ports.close());

  it('finds a record as it was written, to its depth', async () => {
    const deployment = aDeployment({
      service: 'production/find',
      rollback: {
        to: id(9),
        taskDefinition: 'arn:aws:ecs:eu-west-1:1:task-definition/web:1',
        startedAt: '2026-11-23T10:01:00.000Z',
        native: true,
      },
    });
    await ports.log.write(deployment);
    expect(await ports.log.find('production/find', deployment.id)).toEqual(deployment);
  });

  it.each([
    ['of another id', 'production/find', id(99)],
    ['of another service', 'production/else', id(1)],
  ])('finds no record %s', async (_name, service, of) => {
    expect(await ports.log.find(service, of)).toBeUndefined();
  });

  it('replaces an older state, and removes what the newer one no longer has', async () => {
    const service = 'production/replace';
    await ports.log.write(aDeployment({ service, untested: true, verifiedAt: '2026-11-23T10:05:00.000Z' }));
    const newer = aDeployment({ service, state: 'live', timeline: [...aDeployment().timeline, step('2026-11-23T10:10:00.000Z')] });
    await ports.log.write(newer);
    expect(await ports.history.list(service, 10)).toEqual([newer]);
  });

  it.each<[name: string, late: Partial<Deployment>, stays: boolean]>([
    ['ignores a late repeat of an older state', {}, true],
    ['takes a state of as many steps', { timeline: [step('2026-11-23T10:00:00.000Z'), step('2026-11-23T10:01:00.000Z')] }, false],
    ['ignores a shorter record that is no newer', { timeline: [step('2026-11-23T10:10:00.000Z')] }, true],
    ['takes a shorter record that is newer', { timeline: [step('2026-11-23T10:10:00.001Z')] }, false],
    ['takes a longer record of a clock that is behind', { timeline: [0, 1, 2].map((s) => step(`2026-11-23T10:00:0${s}.000Z`)) }, false],
  ])('%s', async (name, late, stays) => {
    const service = `production/${name.replaceAll(' ', '-')}`;
    const newer = aDeployment({ service, state: 'live', timeline: [...aDeployment().timeline, step('2026-11-23T10:10:00.000Z')] });
    await ports.log.write(newer);
    await ports.log.write(aDeployment({ service, ...late }));
    expect(await ports.log.find(service, newer.id)).toEqual(stays ? newer : aDeployment({ service, ...late }));
  });

  it('lists newest first, at most as many as asked for, and of that service alone', async () => {
    for (const n of [2, 1, 3]) await ports.log.write(aDeployment({ service: 'production/list', id: id(n) }));
    await ports.log.write(aDeployment({ service: 'production/list-2', id: id(4) }));
    await ports.heads.create('production/list', {
      enrolledAt: '2026-11-23T09:00:00.000Z',
      verified: [],
      waiting: {},
      seen: {},
      barred: {},
      owed: [],
    });
    expect((await ports.history.list('production/list', 2)).map((deployment) => deployment.id)).toEqual([id(3), id(2)]);
    expect(await ports.history.list('production/list', 10)).toHaveLength(3);
  });

  it('leaves out what has expired, and goes on past it', async () => {
    const service = 'production/expired';
    const past = new Date(suiteNow.getTime() - 1000).toISOString();
    const future = new Date(suiteNow.getTime() + 1000).toISOString();
    await ports.log.write(aDeployment({ service, id: id(1) }));
    await ports.log.write(aDeployment({ service, id: id(2) }), future);
    for (const n of [3, 4, 5]) await ports.log.write(aDeployment({ service, id: id(n) }), n === 3 ? suiteNow.toISOString() : past);
    expect((await ports.history.list(service, 2)).map((deployment) => deployment.id)).toEqual([id(2), id(1)]);
    expect(await ports.log.find(service, id(3))).toBeUndefined();
    expect(await ports.log.find(service, id(2))).toBeDefined();
  });

  it('keeps for good what is written again without an end', async () => {
    const service = 'production/kept';
    await ports.log.write(aDeployment({ service }), '2026-01-01T00:00:00.000Z');
    await ports.log.write(aDeployment({ service }));
    expect(await ports.history.list(service, 1)).toHaveLength(1);
  });
});
