import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Poster } from '../ports/chat.ts';
import { calling } from './aws-errors.ts';

/** The topic that Amazon Q Developer listens to: its JSON is the message itself, without attributes or structure. */
export function amazonQTopic(client: SNSClient, topicArn: string): Poster {
  return {
    post: async ({ id, full }) => {
      await calling(`post ${id} for Amazon Q on ${topicArn}`, () =>
        client.send(new PublishCommand({ TopicArn: topicArn, Message: JSON.stringify(full) })),
      );
      return undefined;
    },
  };
}
