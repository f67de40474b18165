import { time } from './wording.ts';
import type { ChannelAddress } from '../domain/channel.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';

/** What people call a channel. */
export function channelName(address: ChannelAddress): string {
  switch (address.kind) {
    case 'slack-webhook':
      return 'Slack (webhook)';
    case 'slack-bot':
      return `Slack (${address.channel})`;
    case 'teams':
      return 'Microsoft Teams';
    case 'webhook':
      return `the webhook ${new URL(address.url).host}`;
    case 'amazon-q':
      return 'Amazon Q Developer';
    default:
      return address satisfies never;
  }
}

/** A channel refuses what it is sent. Told once, until it takes messages again. */
export function describeRefusedChannel(refused: { channel: string; address: ChannelAddress; why: string; at: Instant }): Notification {
  const { channel, address, why, at } = refused;
  return {
    version: 1,
    id: `${channel}#refused#${at}`,
    thread: `${channel}#refused`,
    state: 'trouble',
    level: 'warning',
    at,
    headline: `${channelName(address)} takes no messages`,
    why: `${why}. Messages are tried for an hour, then they wait in the dead-letter queue. Other channels get theirs.`,
    code: 'channel-refused',
    facts: [['Channel', channel]],
    next: nextOf(address),
  };
}

/** A channel that was refused takes messages again: closes what was opened. */
export function describeRecoveredChannel(recovered: {
  channel: string;
  address: ChannelAddress;
  since: Instant;
  at: Instant;
}): Notification {
  const { channel, address, since, at } = recovered;
  return {
    version: 1,
    id: `${channel}#recovered#${since}`,
    thread: `${channel}#refused`,
    closes: { level: 'warning' },
    state: 'trouble',
    level: 'info',
    at,
    headline: `${channelName(address)} takes messages again`,
    why: `It took none since ${time(since)}.`,
    code: 'channel-recovered',
    facts: [['Channel', channel]],
    next: ['What is in the dead-letter queue can be sent again (docs/channels.md).'],
  };
}

function nextOf(address: ChannelAddress): string[] {
  switch (address.kind) {
    case 'slack-bot':
      return [
        `Check that the token at ${address.token} is valid, and that the app is a member of ${address.channel}. A new token is read by itself.`,
      ];
    case 'webhook':
      return [`Check what ${new URL(address.url).host} answers, and the secret at ${address.secret}. A new secret is read by itself.`];
    case 'amazon-q':
      return ['Check the topic of Amazon Q Developer and its policy.'];
    case 'slack-webhook':
    case 'teams':
      return [`Make a new webhook and store its address at ${address.webhook}. It is read by itself.`];
    default:
      return address satisfies never;
  }
}
