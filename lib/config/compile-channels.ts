import type { Channel, ChannelAddress } from '../domain/channel.ts';
import type { RawConfiguration } from './schema.ts';

type RawChannel = NonNullable<NonNullable<RawConfiguration['alerts']>['channels']>[number];

/** The channels beside mail, which SNS serves itself. Takes what `validateConfiguration` found without fault. */
export function compileChannels({ alerts }: RawConfiguration): Channel[] {
  return (alerts?.channels ?? []).flatMap((raw) => {
    const address = addressOf(raw);
    if (address === undefined) return [];
    const { level = 'info', services, states } = raw;
    return [
      { id: idOf(address), address, level, ...(services === undefined ? {} : { services }), ...(states === undefined ? {} : { states }) },
    ];
  });
}

function addressOf({ slack, teams, webhook, amazonQ }: RawChannel): ChannelAddress | undefined {
  if (slack?.webhook !== undefined) return { kind: 'slack-webhook', webhook: slack.webhook };
  if (slack?.token !== undefined && slack.channel !== undefined) return { kind: 'slack-bot', token: slack.token, channel: slack.channel };
  if (teams !== undefined) return { kind: 'teams', webhook: teams.webhook };
  if (webhook !== undefined) return { kind: 'webhook', url: webhook.url, secret: webhook.secret };
  return amazonQ === true ? { kind: 'amazon-q' } : undefined;
}

function idOf(address: ChannelAddress): string {
  const { kind, ...rest } = address;
  const place = 'url' in rest ? rest.url : Object.values(rest).join(' ');
  return `${kind} ${place}`.trim();
}
