import { renderAmazonQ } from './amazon-q.ts';
import { oneLine } from './columns.ts';
import { cutEscaped, escaped, renderSlack } from './slack.ts';
import { renderTeams } from './teams.ts';
import type { ChannelAddress } from '../domain/channel.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';

/** A message in a channel's own words; `plain` is the same in a form that no channel of its kind refuses. */
export interface Rendered {
  id: string;
  at: Instant;
  full: object;
  plain: object;
}

type Render = (notification: Notification) => { full: object; plain: object };

const slack: Render = (notification) => {
  const full = renderSlack(notification);
  const next = notification.next.map(oneLine).join('\n');
  return { full, plain: { text: cutEscaped(`${full.text}\n${escaped(next)}`, 3000) } };
};

/** A channel of another kind is one more entry here, and one more poster (docs/channels.md). */
const renderers: Readonly<Record<ChannelAddress['kind'], Render>> = {
  'slack-webhook': slack,
  'slack-bot': slack,
  teams: (notification) => same(renderTeams(notification)),
  webhook: (notification) => same({ type: 'notification', notification }),
  'amazon-q': (notification) => same(renderAmazonQ(notification)),
};

/** Renders a message for the kind of channel. */
export function renderFor({ kind }: ChannelAddress, notification: Notification): Rendered {
  return { id: notification.id, at: notification.at, ...renderers[kind](notification) };
}

function same(message: object): { full: object; plain: object } {
  return { full: message, plain: message };
}
