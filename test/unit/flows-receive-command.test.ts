import { describe, expect, it } from '@jest/globals';
import { commandHash } from '../../lib/decide/commands/proof.ts';
import type { CallerProof } from '../../lib/domain/caller-proof.ts';
import type { CommandAnswer } from '../../lib/domain/command-answer.ts';
import { TransientError } from '../../lib/errors.ts';
import { parseCommand } from '../../lib/events/command.ts';
import { receiveCommand } from '../../lib/flows/receive-command.ts';
import type { CallerProofs } from '../../lib/ports/caller-proofs.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';

const audience = '123456789012/eu-west-1/production';
const ada = 'arn:aws:sts::123456789012:assumed-role/on-call/ada';
const hold = { version: 1, id: '7f0e', verb: 'hold', service, reason: 'release week' };

function proofOf(members: Record<string, string | number>): CallerProof {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-west-1/sts/aws4_request, SignedHeaders=host;x-amz-date;x-autopilot-command, Signature=' +
    'a'.repeat(64);
  const hash = commandHash(members, audience);
  return {
    method: 'POST',
    url: 'https://sts.eu-west-1.amazonaws.com/',
    headers: { authorization, 'x-amz-date': '20261123T120700Z', 'x-autopilot-command': hash },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  };
}

async function received(
  event: object,
  callerOf: CallerProofs['callerOf'] = async () => ada,
): Promise<{ world: FlowWorld; answer: CommandAnswer }> {
  const world = new FlowWorld();
  await world.verifiedBaseline();
  const needs = { ...world.needs(), callerProofs: { callerOf }, audience, stsEndpoint: undefined };
  return { world, answer: await receiveCommand(parseCommand(event), needs, world.invocation()) };
}

describe('receiveCommand', () => {
  it('puts on record who STS says it is', async () => {
    const { world, answer } = await received({ ...hold, actor: 'somebody else', proof: proofOf(hold) });
    expect(answer).toMatchObject({ version: 1, id: '7f0e', outcome: 'done', actor: ada });
    expect(world.head().hold).toMatchObject({ actor: ada, reason: 'release week' });
  });

  it.each([
    ['a name that was told as unproven', { ...hold, actor: 'jane' }, 'jane (unproven)'],
    ['nobody by name, where none was told', hold, 'somebody with lambda:InvokeFunction'],
  ])('puts on record %s', async (_, event, actor) => {
    const { world } = await received(event);
    expect(world.head().hold).toMatchObject({ actor });
  });

  it.each<[what: string, callerOf: CallerProofs['callerOf'], code: string]>([
    ['STS does not confirm', async () => undefined, 'proof-invalid'],
    ['STS could not be asked', () => Promise.reject(new TransientError('it answered 503')), 'proof-unchecked'],
  ])('refuses a proof that %s, and does nothing', async (_, callerOf, code) => {
    const { world, answer } = await received({ ...hold, proof: proofOf(hold) }, callerOf);
    expect(answer).toMatchObject({ outcome: 'refused', reason: { code } });
    expect(world.head().hold).toBeUndefined();
  });

  it('refuses a proof that was signed for another command, and does not ask STS', async () => {
    let asked = 0;
    const callerOf = async () => ((asked += 1), ada);
    const { answer } = await received({ ...hold, reason: 'for ever', proof: proofOf(hold) }, callerOf);
    expect(answer).toMatchObject({ outcome: 'refused', reason: { code: 'proof-invalid' } });
    expect(asked).toBe(0);
  });

  it('answers every fault of what is no command', async () => {
    const { answer } = await received({ verb: 'hodl' });
    expect(answer).toMatchObject({
      version: 1,
      outcome: 'refused',
      reason: { code: 'malformed-command' },
      faults: [{ path: 'verb', nearest: 'hold' }],
    });
  });

  it('takes the id of the invocation where none was told', async () => {
    const { id: _, ...withoutId } = hold;
    const { answer } = await received(withoutId);
    expect(answer.id).toMatch(/^request-/);
  });
});
