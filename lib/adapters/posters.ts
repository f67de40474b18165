import type { SNSClient } from '@aws-sdk/client-sns';
import type { Channel } from '../domain/channel.ts';
import type { Poster, Posters } from '../ports/chat.ts';
import type { Secrets } from '../ports/secrets.ts';
import { amazonQTopic } from './amazon-q-topic.ts';
import { rested } from './rested.ts';
import { slackBot } from './slack-bot.ts';
import { signedWebhook, slackWebhook, teamsWebhook } from './webhook-posters.ts';

interface Reach {
  secrets: Secrets;
  sns: SNSClient;
  amazonQTopicArn: string;
}

/** The poster of each channel, made once: one that asked to be left alone is left alone as long as the function lives. */
export function posters(reach: Reach): Posters {
  const made = new Map<string, Poster>();
  return (channel) => {
    const poster = made.get(channel.id) ?? rested(posterOf(channel, reach));
    made.set(channel.id, poster);
    return poster;
  };
}

function posterOf({ address }: Channel, { secrets, sns, amazonQTopicArn }: Reach): Poster {
  switch (address.kind) {
    case 'slack-webhook':
      return slackWebhook(secrets, address.webhook);
    case 'slack-bot':
      return slackBot(secrets, address);
    case 'teams':
      return teamsWebhook(secrets, address.webhook);
    case 'webhook':
      return signedWebhook(secrets, address);
    case 'amazon-q':
      return amazonQTopic(sns, amazonQTopicArn);
    default:
      return address satisfies never;
  }
}
