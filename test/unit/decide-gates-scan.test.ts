import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ageGate } from '../../lib/decide/gates/age.ts';
import type { GateFacts } from '../../lib/decide/gates/gate.ts';
import { platformMismatch } from '../../lib/decide/gates/platform.ts';
import { scanMeanings } from '../../lib/decide/gates/scan-status.ts';
import { scanGate } from '../../lib/decide/gates/scan.ts';
import type { ImageContent, Platform } from '../../lib/domain/platform.ts';
import type { GatesPolicy, ScanPolicy } from '../../lib/domain/policy.ts';
import type { ImageScan, ScanFacts } from '../../lib/domain/scan.ts';
import { aCandidate, ago, aHead, aService, now } from '../fakes/decision-facts.ts';
import { aPolicy } from '../fakes/policies.ts';

const waitMs = 900_000;
const scanPolicy: ScanPolicy = { block: 'high', waitMs, otherwise: 'reject', allow: [] };
const scan = (differing: Partial<ImageScan> = {}): ImageScan => ({ digest: 'sha256:c', status: 'COMPLETE', counts: {}, ...differing });
const facts = (differing: Partial<ScanFacts> = {}, pushedAt = ago(60_000)): GateFacts => ({
  head: aHead(),
  candidate: aCandidate({ pushedAt }),
  service: aService(),
  quarantined: {},
  scan: { scans: [scan()], onPush: true, ...differing },
});

function scanned(given: GateFacts, policy: Partial<ScanPolicy> = {}): string {
  const answer = scanGate(given, aPolicy({ gates: { scan: { ...scanPolicy, ...policy } } }), now);
  if (answer.answer === 'pass') return answer.note === undefined ? 'pass' : `pass ${answer.note}`;
  return [answer.answer, answer.reason.code, ...(answer.answer === 'wait' ? [answer.until] : [])].join(' ');
}

const counts = (found: Record<string, number>, differing: Partial<ImageScan> = {}): GateFacts =>
  facts({ scans: [scan({ counts: found, ...differing })] });
const cve = { id: 'CVE-2026-1', severity: 'CRITICAL' };

describe('scanGate', () => {
  it('asks nothing where no scan gate is configured', () => {
    expect(scanGate(counts({ CRITICAL: 1 }), aPolicy(), now)).toEqual({ answer: 'pass' });
  });

  it.each<[name: string, expected: string, found: Record<string, number>, policy: Partial<ScanPolicy>]>([
    ['passes where nothing was found', 'pass', {}, {}],
    ['passes what is told as none', 'pass', { CRITICAL: 0, HIGH: 0 }, {}],
    ['rejects at the severity that is blocked', 'reject scan-findings', { HIGH: 1 }, {}],
    ['passes one below it', 'pass', { MEDIUM: 99 }, {}],
    ['rejects above it', 'reject scan-findings', { CRITICAL: 1 }, {}],
    ['passes HIGH where critical is blocked', 'pass', { HIGH: 1 }, { block: 'critical' }],
    ['rejects MEDIUM where medium is blocked', 'reject scan-findings', { MEDIUM: 1 }, { block: 'medium' }],
    ['passes LOW where medium is blocked', 'pass', { LOW: 1 }, { block: 'medium' }],
    ['rejects LOW where low is blocked', 'reject scan-findings', { LOW: 1 }, { block: 'low' }],
    ['never rejects what only informs', 'pass', { INFORMATIONAL: 5, TOTAL: 5 }, { block: 'low' }],
    ['counts UNDEFINED as low', 'reject scan-findings', { UNDEFINED: 1 }, { block: 'low' }],
    ['counts UNTRIAGED as low', 'pass', { UNTRIAGED: 1 }, { block: 'medium' }],
    ['counts a severity that nobody knows as low', 'reject scan-findings', { SEVERE: 1 }, { block: 'low' }],
  ])('%s', (_name, expected, found, policy) => {
    expect(scanned(counts(found), policy)).toBe(expected);
  });

  it.each<[status: string, expected: string, deploying: string]>([
    ['COMPLETE', 'pass', 'pass'],
    ['ACTIVE', 'pass', 'pass'],
    ['IN_PROGRESS', `wait scan-pending ${ago(60_000 - waitMs)}`, `wait scan-pending ${ago(60_000 - waitMs)}`],
    ['PENDING', `wait scan-pending ${ago(60_000 - waitMs)}`, `wait scan-pending ${ago(60_000 - waitMs)}`],
    ...[
      'FAILED',
      'UNSUPPORTED_IMAGE',
      'SCAN_ELIGIBILITY_EXPIRED',
      'FINDINGS_UNAVAILABLE',
      'LIMIT_EXCEEDED',
      'IMAGE_ARCHIVED',
      'SOMETHING_NEW',
      'constructor',
    ].map((status): [string, string, string] => [
      status,
      'reject scan-unusable',
      `pass its scan ended without a result: ${status}, and gates.scan.otherwise is deploy`,
    ]),
  ])('of status %s: %s', (status, expected, deploying) => {
    const given = facts({ scans: [scan({ status })] });
    expect(scanned(given)).toBe(expected);
    expect(scanned(given, { otherwise: 'deploy' })).toBe(deploying);
  });

  const unknown: ImageScan = { digest: 'sha256:c', counts: {} };
  it.each<[name: string, expected: string, given: GateFacts]>([
    ['waits a millisecond before the wait is over', `wait scan-pending ${ago(-1)}`, facts({ scans: [unknown] }, ago(waitMs - 1))],
    ['gives up when it is', 'reject scan-overdue', facts({ scans: [unknown] }, ago(waitMs))],
    ['notices at once where nothing scans', 'reject scan-missing', facts({ scans: [unknown], onPush: false })],
    [
      'waits for a scan that somebody started by hand',
      `wait scan-pending ${ago(60_000 - waitMs)}`,
      facts({ scans: [scan({ status: 'IN_PROGRESS' })], onPush: false }),
    ],
    ['takes a result though nothing scans on push', 'pass', facts({ onPush: false })],
    ['waits where nothing was asked yet', `wait scan-pending ${ago(60_000 - waitMs)}`, facts({ scans: [] })],
    [
      'rejects an index for one of its platforms',
      'reject scan-findings',
      facts({ scans: [scan(), scan({ digest: 'sha256:d', counts: { HIGH: 1 } })] }),
    ],
    [
      'waits for the last platform of an index',
      `wait scan-pending ${ago(60_000 - waitMs)}`,
      facts({ scans: [scan(), { ...unknown, digest: 'sha256:d' }] }),
    ],
    [
      'rejects for findings before the other platform is scanned',
      'reject scan-findings',
      facts({ scans: [unknown, scan({ counts: { HIGH: 1 } })] }),
    ],
    ['passes an index of which all passes', 'pass', facts({ scans: [scan(), scan({ digest: 'sha256:d' })] })],
  ])('%s', (_name, expected, given) => {
    expect(scanned(given)).toBe(expected);
  });

  it.each<[name: string, expected: string, until: string, findings: ImageScan['findings']]>([
    ['passes what is allowed', 'pass', ago(-1), [cve]],
    ['counts it again from its end on', 'reject scan-findings', ago(0), [cve]],
    ['counts a second finding that nobody allowed', 'reject scan-findings', ago(-1), []],
    ['allows it at no other severity', 'reject scan-findings', ago(-1), [{ ...cve, severity: 'HIGH' }]],
  ])('%s', (_name, expected, until, findings = []) => {
    const given = counts({ CRITICAL: 1 }, { findings });
    expect(scanned(given, { allow: [{ id: cve.id, until, reason: 'not reachable' }] })).toBe(expected);
  });

  it('says what was found, worst first', () => {
    const answer = scanGate(counts({ HIGH: 1, CRITICAL: 2, LOW: 9 }), aPolicy({ gates: { scan: scanPolicy } }), now);
    expect(answer).toMatchObject({ reason: { text: 'its scan found 2 CRITICAL, 1 HIGH, and gates.scan.block is high' } });
  });

  it('has its meanings of a status in the documentation', () => {
    const documentation = readFileSync('docs/gates.md', 'utf8');
    const told = Object.keys(scanMeanings).filter((status) => documentation.includes(`\`${status}\``));
    expect(told).toEqual(Object.keys(scanMeanings));
  });
});

describe('ageGate', () => {
  it.each<[name: string, expected: object, gates: GatesPolicy | undefined]>([
    ['passes where no age is wanted', { answer: 'pass' }, undefined],
    ['passes an image of exactly that age', { answer: 'pass' }, { ageMs: 60_000 }],
    ['waits a millisecond before', { answer: 'wait', until: ago(-1), reason: { code: 'too-young' } }, { ageMs: 60_001 }],
  ])('%s', (_name, expected, gates) => {
    expect(ageGate(facts(), aPolicy(gates === undefined ? {} : { gates }), now)).toMatchObject(expected);
  });
});

const index = (...platforms: Platform[]): ImageContent => ({
  kind: 'index',
  children: platforms.map((platform, nth) => ({ digest: `sha256:${nth}`, platform })),
});

describe('platformMismatch', () => {
  const amd64: Platform = { os: 'linux', architecture: 'amd64' };
  const arm64: Platform = { os: 'linux', architecture: 'arm64' };
  const windows: Platform = { os: 'windows', architecture: 'amd64' };
  it.each<[name: string, expected: string | undefined, content: ImageContent, runtime: Platform | undefined]>([
    ['takes an image of the platform', undefined, { kind: 'image', platform: amd64 }, amd64],
    [
      'refuses one of another architecture',
      'it is built for linux/arm64, and the service runs on linux/amd64',
      { kind: 'image', platform: arm64 },
      amd64,
    ],
    [
      'refuses one of another system',
      'it is built for windows/amd64, and the service runs on linux/amd64',
      { kind: 'image', platform: windows },
      amd64,
    ],
    ['takes an index that holds the platform', undefined, index(arm64, amd64), amd64],
    [
      'refuses one that does not',
      'it is built for linux/arm64, windows/amd64, and the service runs on linux/amd64',
      index(arm64, windows),
      amd64,
    ],
    ['refuses one that holds none', 'it is built for no platform, and the service runs on linux/amd64', index(), amd64],
    ['takes what could not be read', undefined, { kind: 'image' }, amd64],
    ['takes anything where nobody knows what the service runs on', undefined, { kind: 'image', platform: arm64 }, undefined],
  ])('%s', (_name, expected, content, runtime) => {
    expect(platformMismatch(content, runtime)?.text).toBe(expected);
  });
});
