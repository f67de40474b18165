import { describe, expect, it } from '@jest/globals';
import { parseScan } from '../../lib/events/scan.ts';
import { PermanentError } from '../../lib/errors.ts';
import { sampleEvent } from '../fixtures/sample-event.ts';

const digest = 'sha256:d7a73e043a0ce9092c77c4d727f2bec2d8cb758cf6988d558cb399da13583e74';
const told = { repository: 'my-web-app', account: '123456789012', region: 'eu-west-1', digest };

describe('parseScan', () => {
  it.each<[name: string, about: string]>([
    ['ecr-scan-complete-basic', 'scan'],
    ['inspector2-scan-complete', 'scan'],
    ['inspector2-finding', 'finding'],
  ])('reads %s', (name, about) => {
    expect(parseScan(sampleEvent(name))).toMatchObject({ repository: told.repository, account: told.account, region: told.region, about });
  });

  it('takes the name of a repository out of its ARN, slashes included', () => {
    const event = sampleEvent('inspector2-scan-complete') as { detail: Record<string, unknown> };
    const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository/team/my-web-app';
    const nested = { ...event, detail: { ...event.detail, 'repository-name': repository } };
    expect(parseScan(nested)).toEqual({ ...told, repository: 'team/my-web-app', about: 'scan' });
  });

  it.each<[name: string, detail: object]>([
    ['of an instance', { 'instance-id': 'i-1', 'scan-status': 'INITIAL_SCAN_COMPLETE' }],
    ['without a digest', { 'repository-name': 'a' }],
  ])('refuses a scan %s for good', (_name, detail) => {
    expect(() => parseScan({ ...(sampleEvent('inspector2-scan-complete') as object), detail })).toThrow(PermanentError);
  });
});
