import { describe, expect, it } from '@jest/globals';
import { aNotification } from '../contract/examples.ts';
import { fakeTopic } from './fake-topic.ts';
import { Crash, failingNth, Recording, type Fault } from './recording.ts';

const mail = { subject: 's', message: 'm' };

describe('A recording of ports', () => {
  it('keeps the calls of all ports in order, with what they were given', async () => {
    const recording = new Recording();
    const [alerts, others] = [recording.wrap('alerts', fakeTopic()), recording.wrap('others', fakeTopic())];
    await alerts.tell(aNotification({ id: '1' }), mail);
    await others.tell(aNotification({ id: '2' }), mail);
    expect(recording.names()).toEqual(['alerts.tell', 'others.tell']);
    expect(recording.calls[1]).toEqual({ port: 'others', method: 'tell', args: [aNotification({ id: '2' }), mail], order: 2 });
  });

  it.each<[fault: Fault, told: string[], thrown: string]>([
    [{ kind: 'throttle', moment: 'before' }, ['1', '3'], 'TransientError'],
    [{ kind: 'time-out', moment: 'after' }, ['1', '2', '3'], 'TransientError'],
    [{ kind: 'crash', moment: 'before' }, ['1'], 'Crash'],
    [{ kind: 'crash', moment: 'after' }, ['1', '2'], 'Crash'],
  ])('fails the second call as told: %j', async (fault, told, thrown) => {
    const topic = fakeTopic();
    const recorded = new Recording(failingNth(2, fault)).wrap('topic', topic);
    await recorded.tell(aNotification({ id: '1' }), mail);
    await expect(recorded.tell(aNotification({ id: '2' }), mail)).rejects.toMatchObject({ name: thrown });
    await recorded.tell(aNotification({ id: '3' }), mail).catch(() => {});
    expect(topic.told.map(({ id }) => id)).toEqual(told);
  });

  it('lets nothing through after a crash, until it is revived', async () => {
    const topic = fakeTopic();
    const recording = new Recording(failingNth(1, { kind: 'crash', moment: 'before' }));
    const recorded = recording.wrap('topic', topic);
    await expect(recorded.tell(aNotification(), mail)).rejects.toBeInstanceOf(Crash);
    expect(recording.crashed).toBe(true);
    await expect(recorded.tell(aNotification(), mail)).rejects.toBeInstanceOf(Crash);
    recording.revive();
    await recorded.tell(aNotification(), mail);
    expect(topic.told).toHaveLength(1);
  });
});
