import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ChannelAddress } from '../../lib/domain/channel.ts';
import { renderFor } from '../../lib/notifications/render-for.ts';
import { messages } from '../fixtures/told.ts';

// UPDATE_GOLDEN=1 writes the files anew; what changed in them is then read in the diff.
const update = process.env['UPDATE_GOLDEN'] === '1';
const channels: [name: string, address: ChannelAddress][] = [
  ['slack', { kind: 'slack-bot', token: 'ssm:/token', channel: 'C0123456789' }],
  ['teams', { kind: 'teams', webhook: 'ssm:/teams' }],
  ['amazon-q', { kind: 'amazon-q' }],
];

describe.each(channels)('in %s', (channel, address) => {
  const file = new URL(`../golden/${channel}.json`, import.meta.url);
  const rendered = Object.fromEntries(
    Object.entries(messages).map(([name, notification]) => [name, renderFor(address, notification).full]),
  );
  if (update) writeFileSync(file, `${JSON.stringify(rendered, undefined, 2)}\n`);
  const golden = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, object>;

  it.each(Object.keys(messages))('the message %s is as it was read and approved', (name) => {
    expect(rendered[name]).toEqual(golden[name]);
  });

  it('there is no other', () => {
    expect(Object.keys(golden).toSorted()).toEqual(Object.keys(messages).toSorted());
  });
});
