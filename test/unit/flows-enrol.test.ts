import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import { enrol } from '../../lib/flows/enrol.ts';
import { aDeployment } from '../fakes/decision-facts.ts';
import { digest, FlowWorld, repository, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;
const verifiedOnes = [aDeployment()];
const many = Array.from({ length: 150 }, (_, index) => aPolicy({ service: `production/web-${String(index).padStart(3, '0')}` }));

beforeEach(() => {
  world = new FlowWorld();
  world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
});

describe('enrolling', () => {
  it('tells it once, with how many have no verified target yet', async () => {
    world.addService('a');
    await world.ticks(3);
    expect(world.told()).toEqual(['enrolled']);
    expect(world.topic.told[0]?.facts).toContainEqual(['Watched', '1 service']);
    expect(world.table.enrolled.value).toEqual({ hash: 'configuration-1', services: [service], repositories: [repository] });
  });

  it('goes on where a portion of many services ended, the hash last', async () => {
    world = new FlowWorld(aConfiguration(many));
    await world.tick();
    expect(world.table.heads.size).toBe(100);
    expect(world.table.enrolled.value.hash).toBeUndefined();
    await world.ticks(1);
    expect(world.table.heads.size).toBe(150);
    expect(world.table.enrolled.value.hash).toBe('configuration-1');
    expect(world.told().filter((state) => state === 'enrolled')).toHaveLength(1);
  });

  it('counts those without a way back among all of many services', async () => {
    world = new FlowWorld(aConfiguration(many));
    await world.ticks(2);
    for (const [key, head] of world.table.heads) world.table.heads.set(key, { ...head, verified: key.endsWith('9') ? [] : verifiedOnes });
    world.configuration = aConfiguration(many, 'configuration-2');
    await world.ticks(2);
    expect(world.topic.told.findLast(({ state }) => state === 'enrolled')?.facts).toContainEqual(['With a way back', '135 services']);
  });

  it('makes a head due though somebody was faster, who may have computed it by the configuration before', async () => {
    world.addService('a');
    await world.ticks(8);
    const needs = { ...world.needs(), configuration: aConfiguration([aPolicy()], 'configuration-2') };
    let faster = false;
    const { heads } = needs;
    const beaten: typeof heads.change = async (key, version, wanted) => {
      if (!faster) await heads.change(key, version, { dueAt: '2027-01-01T00:00:00.000Z' });
      faster = true;
      return heads.change(key, version, wanted);
    };
    await enrol({ ...needs, heads: { ...heads, change: beaten } }, world.invocation());
    expect(world.head().dueAt).toBe(world.now.toISOString());
  });

  it('asks the schedule of every service anew, of one that acts at this moment too', async () => {
    world = new FlowWorld(aConfiguration([aPolicy({ offPeak: { schedule: 'office-hours', after: [] } })]));
    await enrol(world.needs(), world.invocation());
    expect(world.head().offPeakAt).toBe(world.now.toISOString());
    const acting = { by: 'somebody', until: '2027-01-01T00:00:00.000Z' };
    const held = { ...world.head(), acting, dueAt: acting.until, offPeakAt: '2027-01-01T07:00:00.000Z' };
    world.table.heads.set(service, held);
    const configuration = { ...world.configuration, hash: 'configuration-2' };
    await enrol({ ...world.needs(), configuration }, world.invocation());
    expect(world.head()).toMatchObject({ acting, dueAt: acting.until, offPeakAt: world.now.toISOString() });
  });

  it('is enrolled by no configuration between two portions, so that the one before it would be enrolled anew', async () => {
    await world.tick();
    world.configuration = aConfiguration(many, 'configuration-2');
    await world.ticks(1);
    expect(world.table.enrolled.value).toMatchObject({ services: [service], pending: { hash: 'configuration-2', done: 100 } });
    expect(world.table.enrolled.value.hash).toBeUndefined();
  });

  it('enrols nothing twice while the topic refuses to tell it: no listing begins anew, and the alarm hears of it', async () => {
    world.addService('a');
    world.topic.refusal = new TransientError('SNS does not answer');
    await expect(world.tick()).rejects.toThrow('SNS');
    const before = world.table.repositories.get(repository)?.dueAt;
    world.advance(60_000);
    await expect(world.tick()).rejects.toThrow('SNS');
    expect(world.table.repositories.get(repository)?.dueAt).toBe(before);
    world.topic.refusal = undefined;
    await world.ticks(1);
    expect(world.told()).toEqual(['enrolled']);
    expect(world.table.enrolled.value).toEqual({ hash: 'configuration-1', services: [service], repositories: [repository] });
  });
});
