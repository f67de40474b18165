import { describe, expect, it } from '@jest/globals';
import { takes, type Channel } from '../../lib/domain/channel.ts';
import { aNotification } from '../contract/examples.ts';

const channel: Channel = { id: 'teams', address: { kind: 'teams', webhook: 'ssm:/teams' }, level: 'warning' };

describe('a channel', () => {
  it.each<[name: string, taken: boolean, differs: Partial<Channel>, notification: Parameters<typeof aNotification>[0]]>([
    ['takes what is as loud as it asks', true, {}, { level: 'warning' }],
    ['takes what is louder', true, {}, { level: 'critical' }],
    ['leaves what is less loud', false, {}, { level: 'info' }],
    ['takes its service', true, { services: ['production/web'] }, { level: 'critical' }],
    ['leaves another service', false, { services: ['production/web-2'] }, { level: 'critical' }],
    ['takes services by how they begin', true, { services: ['staging/*', 'production/*'] }, { level: 'critical' }],
    ['leaves what begins otherwise', false, { services: ['staging/*'] }, { level: 'critical' }],
    ['takes its states', true, { states: ['live'] }, { level: 'critical' }],
    ['takes the end of what it was told of', true, {}, { level: 'info', closes: { level: 'critical' } }],
    ['leaves the end of what was too quiet for it', false, { level: 'critical' }, { level: 'info', closes: { level: 'warning' } }],
    [
      'takes what is about its service among others',
      true,
      { services: ['staging/*'] },
      { level: 'warning', services: ['a/b', 'staging/web'] },
    ],
    ['leaves what is about other services', false, { services: ['staging/*'] }, { level: 'warning', services: ['a/b', 'c/d'] }],
    ['leaves other states', false, { states: ['failed'] }, { level: 'critical' }],
  ])('%s', (_, taken, differs, notification) => {
    expect(takes({ ...channel, ...differs }, aNotification(notification))).toBe(taken);
  });

  it('with services of its own leaves what concerns none', () => {
    const { service: _service, ...general } = aNotification({ level: 'critical' });
    expect(takes({ ...channel, services: ['production/*'] }, general)).toBe(false);
    expect(takes(channel, general)).toBe(true);
  });
});
