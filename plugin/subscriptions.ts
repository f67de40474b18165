import type { Installation, MailChannel } from '../lib/config/installation.ts';
import type { Level } from '../lib/domain/notification.ts';
import { ref } from './cloudformation.ts';
import type { Json, JsonObject, Resource } from './cloudformation.ts';
import { alarmsTopic, alertsTopic } from './names.ts';

/** Mail for each channel: the alerts it takes, and, where it takes those of all services, the alarms about the product itself. */
export function subscriptions({ mails: channels }: Installation): Record<string, Resource> {
  const alerts = channels.map(
    (channel, index) => [`AlertsSubscription${index + 1}`, mail(channel, alertsTopic, filterOf(channel))] as const,
  );
  const general = channels.filter(({ services }) => services === undefined);
  const alarms = general.map((channel, index) => [`AlarmsSubscription${index + 1}`, mail(channel, alarmsTopic)] as const);
  return Object.fromEntries([...alerts, ...alarms]);
}

const takenFrom: Record<Level, Level[]> = { info: [], warning: ['warning', 'critical'], critical: ['critical'] };

/** By the message attributes `level` and `service`; what a channel does not narrow is not filtered. */
function filterOf({ level, services, states }: MailChannel): JsonObject {
  const levels = takenFrom[level];
  return {
    ...(levels.length === 0 ? {} : { level: levels }),
    ...(states === undefined ? {} : { state: states }),
    ...(services === undefined ? {} : { service: services.map(matching) }),
  };
}

function matching(glob: string): Json {
  return glob.endsWith('*') ? { prefix: glob.slice(0, -1) } : glob;
}

function mail({ email }: MailChannel, topic: string, filter: JsonObject = {}): Resource {
  return {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: ref(topic),
      Protocol: 'email',
      Endpoint: email,
      ...(Object.keys(filter).length === 0 ? {} : { FilterPolicy: filter }),
    },
  };
}
