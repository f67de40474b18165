import { describe, expect, it } from '@jest/globals';
import { commandHash, proofFault } from '../../lib/decide/commands/proof.ts';
import type { CallerProof } from '../../lib/domain/caller-proof.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const members = { version: 1, id: '7f0e', verb: 'rollback', service: 'production/web' };
const audience = '123456789012/eu-west-1/production';
const hash = commandHash(members, audience);

function signed(headers: Record<string, string> = {}, differing: Partial<CallerProof> = {}): CallerProof {
  return {
    method: 'POST',
    url: 'https://sts.eu-west-1.amazonaws.com/',
    headers: {
      Authorization: authorization('host;x-amz-date;x-autopilot-command'),
      'X-Amz-Date': '20261123T120000Z',
      'x-autopilot-command': hash,
      ...headers,
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
    ...differing,
  };
}

function authorization(signedHeaders: string, service = 'sts'): string {
  return `AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-west-1/${service}/aws4_request, SignedHeaders=${signedHeaders}, Signature=${'a'.repeat(64)}`;
}

const codeOf = (proof: CallerProof, endpoint?: string): string => proofFault(proof, hash, endpoint, now)?.code ?? 'none';

describe('a proof of who orders a command', () => {
  it.each(['sts.eu-west-1.amazonaws.com', 'sts.amazonaws.com', 'sts-fips.us-gov-west-1.amazonaws.com', 'sts.cn-north-1.amazonaws.com.cn'])(
    'may be replayed to %s',
    (host) => {
      expect(codeOf(signed({}, { url: `https://${host}/` }))).toBe('none');
    },
  );

  it.each([
    'http://sts.amazonaws.com/',
    'https://sts.amazonaws.com.evil.example/',
    'https://evil.example/sts.amazonaws.com/',
    'https://sts.amazonaws.com@evil.example/',
    'https://sts.amazonaws.com:8443/',
    'https://sts.amazonaws.com/?Action=AssumeRole',
    'https://sts.eu-west-1.evil.com/',
    'https://127.0.0.1/',
    'not an address',
  ])('is never replayed to %s', (url) => {
    expect(codeOf(signed({}, { url }))).toBe('proof-invalid');
  });

  it('is replayed to another AWS where the environment names one, whatever its address says', () => {
    expect(codeOf(signed({}, { url: 'http://localhost:4566/' }), 'http://127.0.0.1:4566')).toBe('none');
  });

  it.each<[what: string, proof: CallerProof]>([
    ['signed for another command', signed({ 'x-autopilot-command': commandHash({ ...members, service: 'production/api' }, audience) })],
    ['signed for another installation', signed({ 'x-autopilot-command': commandHash(members, '123456789012/eu-west-1/staging') })],
    ['whose signature does not cover the hash', signed({ Authorization: authorization('host;x-amz-date') })],
    ['whose signature does not cover the time', signed({ Authorization: authorization('host;x-autopilot-command') })],
    ['signed for another service', signed({ Authorization: authorization('host;x-amz-date;x-autopilot-command', 's3') })],
    ['without a signature', signed({ Authorization: '' })],
    [
      'that says twice what its signature covers',
      signed({ Authorization: authorization('host;x-amz-date;x-autopilot-command, SignedHeaders=host;x-amz-date') }),
    ],
    [
      'that hides what its signature covers behind a part of another name',
      signed({
        Authorization: authorization('host;x-amz-date').replace(
          'SignedHeaders',
          'X-SignedHeaders=host;x-amz-date;x-autopilot-command, SignedHeaders',
        ),
      }),
    ],
    ['with a header of two spellings', signed({ 'X-Autopilot-Command': hash })],
    ['that asks something else', signed({}, { body: 'Action=AssumeRole&Version=2011-06-15' })],
    ['by another method', signed({}, { method: 'GET' })],
  ])('%s is none', (_, proof) => {
    expect(codeOf(proof)).toBe('proof-invalid');
  });

  it.each<[date: string, code: string]>([
    ['20261123T115000Z', 'none'],
    ['20261123T114959Z', 'proof-stale'],
    ['20261123T121000Z', 'none'],
    ['20261123T121001Z', 'proof-stale'],
    ['yesterday', 'proof-stale'],
  ])('signed at %s: %s', (date, code) => {
    expect(codeOf(signed({ 'X-Amz-Date': date }))).toBe(code);
  });

  it('is bound to every member, in whatever order they are told', () => {
    const { id, ...rest } = members;
    expect(commandHash({ ...rest, id }, audience)).toBe(hash);
    expect(commandHash({ ...members, reason: 'x' }, audience)).not.toBe(hash);
  });
});
