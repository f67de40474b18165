import { describe, expect, it } from '@jest/globals';
import { deploymentId } from '../../lib/decide/deployment-id.ts';

const at = new Date('2026-11-23T12:00:00.000Z');

describe('deploymentId', () => {
  it('has the form of a ULID', () => {
    expect(deploymentId(at, 'production/web')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('is the same for the same parts, today and ever after', () => {
    expect(deploymentId(at, 'production/web', 'sha256:b', 7)).toBe(deploymentId(at, 'production/web', 'sha256:b', 7));
    expect(deploymentId(at, 'a').slice(0, 10)).toBe('01M844DZG0');
  });

  it.each([
    ['another part', deploymentId(at, 'production/web', 'sha256:c', 7)],
    ['another claim', deploymentId(at, 'production/web', 'sha256:b', 8)],
    ['parts cut elsewhere', deploymentId(at, 'production/websha256', ':b', 7)],
  ])('differs for %s', (_, other) => {
    expect(other).not.toBe(deploymentId(at, 'production/web', 'sha256:b', 7));
  });

  it('sorts by time', () => {
    const later = deploymentId(new Date(at.getTime() + 1), 'a');
    expect([later, deploymentId(at, 'b')].toSorted()[1]).toBe(later);
  });
});
