import { describe, expect, it } from '@jest/globals';
import { validateConfiguration } from '../../lib/config/validate.ts';

const judge = (...channels: unknown[]) =>
  validateConfiguration({ services: { 'production/web': { image: 'web' }, 'staging/web': { image: 'web' } }, alerts: { channels } });

function channelsOf(...channels: unknown[]) {
  const result = judge(...channels);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.installation;
}

describe('alerts.channels', () => {
  it.each<[name: string, channel: object, compiled: object]>([
    ['a webhook of Slack', { slack: { webhook: 'ssm:/slack' } }, { kind: 'slack-webhook', webhook: 'ssm:/slack' }],
    [
      'a bot of Slack',
      { slack: { token: 'secretsmanager:slack', channel: '#deployments' } },
      { kind: 'slack-bot', token: 'secretsmanager:slack', channel: '#deployments' },
    ],
    ['Teams', { teams: { webhook: 'ssm:/teams' } }, { kind: 'teams', webhook: 'ssm:/teams' }],
    [
      'any webhook',
      { webhook: { url: 'https://example.com/hook', secret: 'ssm:/key' } },
      { kind: 'webhook', url: 'https://example.com/hook', secret: 'ssm:/key' },
    ],
    ['Amazon Q', { amazonQ: true }, { kind: 'amazon-q' }],
  ])('take %s', (_, channel, address) => {
    const { channels, mails } = channelsOf(channel);
    expect(channels).toEqual([{ id: expect.stringMatching(/^[a-z-]+( \S+)*$/), address, level: 'info' }]);
    expect(mails).toEqual([]);
  });

  it('keep level, services and states, of mail too', () => {
    const narrowed = { level: 'warning', services: ['production/*'], states: ['failed'] };
    const { channels, mails } = channelsOf({ amazonQ: true, ...narrowed }, { email: 'a@example.com', ...narrowed });
    expect([channels[0], mails[0]]).toEqual([expect.objectContaining(narrowed), { email: 'a@example.com', ...narrowed }]);
  });

  it.each<[name: string, channel: unknown, path: string, found: string, allowed: string]>([
    ['no way to reach it', { level: 'info' }, '', 'no way to reach it', 'one of email, slack, teams, webhook, amazonQ'],
    ['two ways', { email: 'a@example.com', amazonQ: true }, '.amazonQ', 'amazonQ beside email', 'make two of it'],
    [
      'a secret in the file',
      { slack: { webhook: 'https://hooks.slack.com/services/T/B/x' } },
      '.slack.webhook',
      '"https:',
      'never the secret itself',
    ],
    ['Slack by nothing', { slack: {} }, '.slack', 'neither webhook nor token', 'either webhook, or token with channel'],
    ['a token without channel', { slack: { token: 'ssm:/t' } }, '.slack.channel', 'nothing', 'token with channel'],
    ['a webhook beside a token', { slack: { webhook: 'ssm:/w', token: 'ssm:/t' } }, '.slack.token', 'token beside webhook', 'either'],
    [
      'a channel that is none',
      { slack: { token: 'ssm:/t', channel: 'deployments' } },
      '.slack.channel',
      '"deployments"',
      'such as #deployments',
    ],
    ['plain http', { webhook: { url: 'http://example.com', secret: 'ssm:/k' } }, '.webhook.url', '"http://', 'an https address'],
    [
      'a password in an address',
      { webhook: { url: 'https://a:b@example.com', secret: 'ssm:/k' } },
      '.webhook.url',
      '"https://',
      'without user or password',
    ],
    [
      'an address without end',
      { webhook: { url: `https://example.com/${'a'.repeat(900)}`, secret: 'ssm:/k' } },
      '.webhook.url',
      '"https://',
      '900',
    ],
    ['no signature', { webhook: { url: 'https://example.com' } }, '.webhook.secret', 'nothing', 'ssm:/NAME'],
    ['amazonQ: false', { amazonQ: false }, '.amazonQ', 'false', 'true'],
    ['an unknown state', { amazonQ: true, states: ['roled-back'] }, '.states[0]', '"roled-back"', 'rolled-back'],
    [
      'a service that is not there',
      { amazonQ: true, services: ['productoin/web'] },
      '.services[0]',
      '"productoin/web"',
      'a service under services',
    ],
  ])('refuse %s', (_, channel, path, found, allowed) => {
    const result = judge(channel);
    const faults = 'faults' in result ? result.faults : [];
    const fault = faults.find((one) => one.path === `alerts.channels[0]${path}`);
    expect(fault).toMatchObject({ found: expect.stringContaining(found), allowed: expect.stringContaining(allowed) });
  });

  it('refuse the same channel twice', () => {
    const result = judge({ slack: { webhook: 'ssm:/a' } }, { slack: { webhook: 'ssm:/a' }, level: 'critical' });
    expect(result).toMatchObject({ faults: [{ path: 'alerts.channels[1]', allowed: expect.stringContaining('each channel once') }] });
  });

  it('with states and services that SNS has no room for are refused for mail', () => {
    const many = {
      states: ['live', 'failed', 'rolled-back', 'rolling-back', 'rejected'],
      services: Array.from({ length: 16 }, () => 'production/*'),
    };
    const result = judge({ email: 'a@example.com', level: 'warning', ...many });
    expect(result).toMatchObject({
      faults: [{ path: 'alerts.channels[0].services', found: '160 combinations of level, states and services' }],
    });
  });
});
