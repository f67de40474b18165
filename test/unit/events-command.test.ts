import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../lib/domain/command.ts';
import { parseCommand } from '../../lib/events/command.ts';
import { sampleEvent, sampleNames } from '../fixtures/sample-event.ts';

const digest = `sha256:${'d'.repeat(64)}`;
const rollback = { version: 1, id: '7f0e', verb: 'rollback', service: 'production/web' };
const proof = { method: 'POST', url: 'https://sts.amazonaws.com/', headers: { authorization: 'x' }, body: 'x' };

/** `path: found, allowed` of each fault. */
function faults(event: unknown): string[] {
  const told = parseCommand(event);
  if (!('faults' in told)) return [];
  return told.faults.map(
    ({ path, found, allowed, nearest }) => `${path}: ${found}, ${allowed}${nearest === undefined ? '' : ` (${nearest}?)`}`,
  );
}

describe('parseCommand', () => {
  it.each(sampleNames.filter((name) => name.startsWith('command-')))('reads the sample %s', (name) => {
    expect(parseCommand(sampleEvent(name))).toMatchObject({ command: { verb: name.slice('command-'.length) }, claimed: 'jane' });
  });

  it('keeps apart what is ordered, what a proof is bound to, and what was told of who orders it', () => {
    expect(parseCommand({ ...rollback, actor: 'jane', proof })).toEqual({
      command: { id: '7f0e', verb: 'rollback', service: 'production/web' },
      members: { version: 1, id: '7f0e', verb: 'rollback', service: 'production/web' },
      claimed: 'jane',
      proof,
    });
  });

  it.each<[what: string, event: unknown, expected: string[]]>([
    ['nothing', undefined, ['(all of it): nothing, an object with a verb']],
    ['a list', [], ['(all of it): an array, an object with a verb']],
    ['no verb', {}, [`verb: nothing, ${verbs.join(', ')}`]],
    ['a typo', { verb: 'rolback' }, [`verb: "rolback", ${verbs.join(', ')} (rollback?)`]],
    ['no service', { verb: 'resume' }, ['service: nothing, CLUSTER/SERVICE, as in the configuration']],
    ['a hold without a reason', { verb: 'hold', service: 'a/b' }, ['reason: nothing, up to 500 characters in one line']],
    ['a service without its cluster', { ...rollback, service: 'web' }, ['service: "web", CLUSTER/SERVICE, as in the configuration']],
    ['another version', { ...rollback, version: 2 }, ['version: a value of type number, 1']],
    ['a flag that is a text', { verb: 'deploy', service: 'a/b', image: 'v1', skipGates: 'yes' }, ['skipGates: "yes", true or false']],
    [
      'an instant that no calendar has',
      { verb: 'sleep', service: 'a/b', until: '2026-02-31T99:00:00.000Z' },
      ['until: "2026-02-31T99:00:00.000Z", an instant in UTC, such as 2026-11-25T21:00:00.000Z'],
    ],
    ['an id of no deployment', { ...rollback, to: 'last' }, ['to: "last", the id of a deployment']],
    ['half a digest', { verb: 'lift', digest: 'sha256:d7a7' }, ['digest: "sha256:d7a7", a digest: sha256: and 64 hexadecimal digits']],
    ['a reason of several lines', { ...rollback, reason: 'a\nb' }, ['reason: "a\\nb", up to 500 characters in one line']],
    ['a proof without an id', { verb: 'resume', service: 'a/b', proof }, ['id: nothing, up to 64 letters, digits and _ . : -']],
    [
      'what is no part of it',
      { verb: 'cancel', service: 'a/b', reasn: 'x' },
      ['reasn: a value of type string, no such member; cancel takes version, id, verb, actor, reason, proof, service (reason?)'],
    ],
    [
      'several faults at once',
      { verb: 'deploy', service: 'web', image: 'a b', force: true },
      [
        'service: "web", CLUSTER/SERVICE, as in the configuration',
        'image: "a b", a digest (sha256:…) or a tag',
        expect.stringContaining('force: a value of type boolean, no such member'),
      ] as string[],
    ],
  ])('refuses %s', (_, event, expected) => {
    expect(faults(event)).toEqual(expected);
  });

  it('tells nothing of a proof that it cannot read', () => {
    expect(faults({ ...rollback, proof: { ...proof, body: 7 } }).join('')).not.toContain('authorization');
    expect(faults({ ...rollback, proof: { ...proof, body: 7 } })).toEqual([expect.stringContaining('proof: a value of type object')]);
    expect(faults({ ...rollback, proof: 'authorization: x' })).toEqual([expect.stringContaining('proof: a value of type string')]);
  });

  it('takes no header that could not be sent', () => {
    expect(faults({ ...rollback, proof: { ...proof, headers: { authorization: 'a\r\nb' } } })).toHaveLength(1);
    expect(faults({ ...rollback, proof: { ...proof, headers: { 'a b': 'x' } } })).toHaveLength(1);
    expect(faults({ ...rollback, proof })).toHaveLength(0);
  });

  it.each([digest, 'v1.42.0', 'main-7'])('takes %s as an image', (image) => {
    expect(faults({ verb: 'deploy', service: 'a/b', image })).toEqual([]);
  });
});
