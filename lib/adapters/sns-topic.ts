import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
import { louder, type Notification } from '../domain/notification.ts';
import type { Topic } from '../ports/topic.ts';
import { calling } from './aws-errors.ts';
import { notificationJson } from './notification-json.ts';
import { cutToBytes, cutToCharacters } from './cut-text.ts';

// SNS takes 262,144 bytes for body and attributes together: the body and the model each get less than a half, ids and names the rest.
const messageBytesAtMost = 120_000;
const modelBytesAtMost = 120_000;
const subjectCharactersAtMost = 99;

/** An SNS topic: the mail as body, the model from which every other channel renders as an attribute. */
export function snsTopic(client: SNSClient, topicArn: string): Topic {
  return {
    tell: async (notification, { subject, message }) => {
      const publish = new PublishCommand({
        TopicArn: topicArn,
        Subject: cutToCharacters(subject.replaceAll(/\p{Cc}+/gu, ' '), subjectCharactersAtMost),
        Message: cutToBytes(message, messageBytesAtMost),
        MessageAttributes: attributesOf(notification),
      });
      await calling(`tell ${notification.id} on ${topicArn}`, () => client.send(publish));
    },
  };
}

/**
 * Filter policies of subscriptions match on these, and on any value of a list: a message of several services has each, and one that closes what was told
 * more loudly has that level too. SNS refuses an empty value, so what says nothing is left out.
 */
function attributesOf(notification: Notification): Record<string, MessageAttributeValue> {
  const { id, service = '', services = [], state, level, closes = { level } } = notification;
  const values = {
    id: text(id),
    service: services.length === 0 ? text(service) : list(services),
    state: text(state),
    level: louder(level, closes.level) === level ? text(level) : list([level, closes.level]),
    notification: text(notificationJson(notification, modelBytesAtMost)),
  };
  return Object.fromEntries(Object.entries(values).filter(([, { StringValue }]) => StringValue !== ''));
}

function text(value: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: value };
}

function list(values: string[]): MessageAttributeValue {
  return { DataType: 'String.Array', StringValue: JSON.stringify(values) };
}
