import { describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, repository, service, unordered } from '../fakes/flow-world.ts';
import { RefusedError, TransientError } from '../../lib/errors.ts';
import { aConfiguration, aGlobPolicy } from '../fakes/policies.ts';

/** `c` is live over `b` and the baseline `a`; the policy follows the newest push of main-*. */
async function world(): Promise<FlowWorld> {
  const made = new FlowWorld(aConfiguration([aGlobPolicy()]));
  await made.verifiedBaseline('a', 'main-1');
  await made.live('b', 'main-2');
  await made.live('c', 'main-3');
  return made;
}

async function completes(made: FlowWorld): Promise<void> {
  made.advance(30_000);
  await made.completed();
  await made.ticks(6);
}

describe('a deployment by hand', () => {
  it('of an older image is deployed, recorded with who ordered it, and holds the service there', async () => {
    const made = await world();
    const answer = await made.order('deploy', { image: 'main-2', reason: 'bisecting' });
    expect(answer).toMatchObject({ outcome: 'done', deployment: made.head().current?.id });
    expect(made.head().current).toMatchObject({
      state: 'deploying',
      origin: 'command',
      actor: 'anna',
      reason: { code: 'by-hand', text: 'anna ordered my-web-app:main-2: bisecting' },
      notes: [expect.stringContaining('on hold until it is resumed')],
    });
    await completes(made);
    await made.ticks(30);
    expect(made.image()).toBe('b');
    expect(made.head().hold).toMatchObject({ actor: 'anna' });
  });

  it('of an older image ends with resume: the service ends on the newest that its policy takes', async () => {
    const made = await world();
    await made.order('deploy', { image: digest('a') });
    await completes(made);
    await made.order('resume');
    expect(made.image()).toBe('c');
  });

  it('of the newest holds nothing', async () => {
    const made = await world();
    made.push('d', 'main-4');
    expect(await made.order('deploy', { image: 'main-4' })).toMatchObject({ outcome: 'done' });
    expect(made.image()).toBe('d');
    expect(made.head().hold).toBeUndefined();
    expect(made.head().seen[repository]).toMatchObject({ digest: digest('d'), outcome: 'deployed' });
  });

  it('goes past a hold, which stays', async () => {
    const made = await world();
    await made.order('hold', { reason: 'release week' });
    made.push('d', 'main-4');
    await made.order('deploy', { image: 'main-4' });
    expect(made.image()).toBe('d');
    expect(made.head().hold).toMatchObject({ reason: 'release week' });
  });

  it('takes an image that has no tag any more, by its digest', async () => {
    const made = new FlowWorld();
    await made.verifiedBaseline();
    await made.live('b');
    expect(made.registry.repositories.get(repository)?.get(digest('a'))?.tags).toEqual([]);
    await made.order('deploy', { image: digest('a') });
    expect(made.image()).toBe('a');
    expect(made.head().current?.images[repository]).not.toHaveProperty('tag');
    await completes(made);
    expect(made.head().current).toMatchObject({ state: 'live', verifiedAt: expect.any(String) });
    await made.ticks(20);
    expect(made.states()).not.toContain('b waiting'); // What its tag names was decided, and is not offered anew while it is on hold.
    await made.order('resume');
    expect(made.image()).toBe('b');
  });

  it('waits in the head for the minute between two updates, and is then carried out by the tick', async () => {
    const made = await world();
    await made.pushed('d', 'main-4');
    expect(await made.order('deploy', { image: 'main-2' })).toMatchObject({ outcome: 'accepted', reason: { code: 'command-left' } });
    expect(made.image()).toBe('d');
    made.registry.push(repository, digest('c'), 'main-2', made.now.toISOString()); // The tag moves on meanwhile.
    await made.ticks(2);
    expect(made.image()).toBe('b');
    expect(made.states()).toContain('d superseded');
  });

  it.each<[what: string, setup: (made: FlowWorld) => unknown, code: string]>([
    ['what is in quarantine', (made) => condemn(made, 'd'), 'quarantined'],
    ['what was rolled back on the service', (made) => bar(made, 'd'), 'barred'],
    ['what is nowhere', (made) => made.registry.remove(repository, digest('d')), 'image-missing'],
    ['what is archived', (made) => made.registry.archive(repository, digest('d')), 'image-missing'],
    ['what is built for another platform', (made) => onArm(made, 'd'), 'platform-mismatch'],
    ['what is too young', (made) => made.gate({ ageMs: 3_600_000 }), 'too-young'],
    [
      'what has no scan yet',
      (made) => made.gate({ scan: { block: 'critical', waitMs: 600_000, otherwise: 'reject', allow: [] } }),
      'scan-pending',
    ],
    ['anything under mode: watch', (made) => (made.configuration = aConfiguration([aGlobPolicy({ mode: 'watch' })])), 'watch-only'],
  ])('refuses %s, and touches nothing but what it remembers of orders', async (_, setup, code) => {
    const made = await world();
    made.push('d', 'main-4');
    await setup(made);
    const before = made.head();
    expect(await made.order('deploy', { image: digest('d') })).toMatchObject({ outcome: 'refused', reason: { code } });
    expect(unordered(made.head())).toEqual(unordered(before));
  });

  it('goes past cool-down and scan where that is ordered, and records what they said', async () => {
    const made = await world();
    made.push('d', 'main-4');
    made.gate({ ageMs: 3_600_000 });
    await made.order('deploy', { image: 'main-4', skipGates: true });
    expect(made.image()).toBe('d');
    expect(made.head().current?.notes).toEqual([expect.stringContaining('the gates were skipped by order, though images wait until')]);
  });

  it('never goes past a quarantine, whatever is skipped', async () => {
    const made = await world();
    made.push('d', 'main-4');
    condemn(made, 'd');
    expect(await made.order('deploy', { image: 'main-4', skipGates: true })).toMatchObject({
      outcome: 'refused',
      reason: { code: 'quarantined' },
      next: [expect.stringContaining('lift')],
    });
  });

  it('is nothing to do for what runs', async () => {
    const made = await world();
    expect(await made.order('deploy', { image: 'main-3' })).toMatchObject({
      outcome: 'nothing-to-do',
      reason: { code: 'already-running' },
    });
  });

  it('is refused where AWS refuses it, and the record says so', async () => {
    const made = await world();
    made.push('d', 'main-4');
    made.taskDefinitions.registerCopy = () => Promise.reject(new RefusedError('no room', 'ClientException'));
    const answer = await made.order('deploy', { image: 'main-4' });
    expect(answer).toMatchObject({ outcome: 'refused', reason: { code: 'aws-refused' } });
    expect(made.states()).toContain('d failed');
  });
});

/** The image is built for arm64, and the service runs on amd64. */
function onArm(made: FlowWorld, letter: string): void {
  const running = made.taskDefinitions.revisions.get(made.running());
  if (running === undefined) throw new Error('the service runs nothing');
  made.taskDefinitions.revisions.set(running.arn, { ...running, platform: { os: 'linux', architecture: 'amd64' } });
  made.contents.contents.set(digest(letter), { kind: 'image', platform: { os: 'linux', architecture: 'arm64' } });
}

function condemn(made: FlowWorld, letter: string): void {
  const entry = { digest: digest(letter), since: made.now.toISOString(), service: 'other/service', deployment: 'other' };
  made.table.quarantine.set(entry.digest, { ...entry, reason: { code: 'task-failures', text: 'it crashed elsewhere' } });
}

function bar(made: FlowWorld, letter: string): void {
  const head = made.head();
  const barred = { [digest(letter)]: { code: 'task-failures', text: 'it crashed' } } as const;
  made.table.heads.set(service, { ...head, barred });
}

/** A world that went back from the image of main-4, which is in quarantine. */
async function condemned(): Promise<FlowWorld> {
  const made = await world();
  await made.pushed('d', 'main-4');
  made.advance(30_000);
  await made.crash(3);
  made.advance(30_000);
  await made.completed();
  return made;
}

describe('lift', () => {
  it('is told later where the topic does not take it', async () => {
    const made = await condemned();
    made.topic.refusal = new TransientError('SNS is busy');
    expect(await made.order('lift', { digest: digest('d'), service: undefined })).toMatchObject({ outcome: 'done' });
    made.topic.refusal = undefined;
    await made.ticks(2);
    expect(made.topic.told.filter(({ state }) => state === 'lifted')).toHaveLength(1);
  });

  it('lets a digest in again that was in quarantine and barred, deploys nothing, and then it may be ordered', async () => {
    const made = await condemned();
    expect(made.table.quarantine.size).toBe(1);
    const answer = await made.order('lift', { digest: digest('d'), service: undefined, reason: 'the database was down' });
    expect(answer).toMatchObject({ outcome: 'done', reason: { code: 'lifted', text: expect.stringContaining(service) } });
    expect(made.head().barred).toEqual({});
    expect(made.table.quarantine.get(digest('d'))).toMatchObject({ liftedBy: 'anna', liftedBecause: 'the database was down' });
    expect(made.topic.told.at(-1)).toMatchObject({ state: 'lifted', level: 'warning' });
    await made.ticks(20);
    expect(made.image()).toBe('c');
    await made.order('deploy', { image: 'main-4' });
    expect(made.image()).toBe('d');
  });

  it('on one service leaves the quarantine, and says that it stands', async () => {
    const made = await world();
    made.push('d', 'main-4');
    condemn(made, 'd');
    expect(await made.order('lift', { digest: digest('d') })).toMatchObject({ outcome: 'refused', reason: { code: 'quarantined' } });
    bar(made, 'd');
    const answer = await made.order('lift', { digest: digest('d') });
    expect(answer).toMatchObject({ outcome: 'done', reason: { text: expect.stringContaining('its quarantine stands') } });
    expect(made.head().barred).toEqual({});
  });

  it('finds nothing to do where nothing stands', async () => {
    const made = await world();
    const answer = await made.order('lift', { digest: digest('e'), service: undefined });
    expect(answer).toMatchObject({ outcome: 'nothing-to-do', reason: { code: 'not-barred' } });
  });
});
