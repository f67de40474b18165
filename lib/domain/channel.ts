import type { ServiceKey } from './deployment.ts';
import { isLoudEnough, type Level, type Notification, type NotificationState } from './notification.ts';

/** Where a secret is kept: `ssm:/autopilot/slack-webhook` or `secretsmanager:NAME`, with `#key` where it is one of a JSON object. Never the secret itself. */
export type SecretName = string;

/** How a channel is reached. Addresses that let anybody post are secrets themselves, and stand here by name. */
export type ChannelAddress =
  | { kind: 'slack-webhook'; webhook: SecretName }
  | { kind: 'slack-bot'; token: SecretName; channel: string }
  | { kind: 'teams'; webhook: SecretName }
  | { kind: 'webhook'; url: string; secret: SecretName }
  | { kind: 'amazon-q' };

/** A channel of people or of machines beside the topic, and which messages it takes. */
export interface Channel {
  /** What its record goes by: stays the same while the channel posts to the same place. */
  id: string;
  address: ChannelAddress;
  level: Level;
  /** Services by their key, or by how it begins and then `*`; absent means all, and what concerns none of them. */
  services?: string[];
  /** Absent means all. */
  states?: NotificationState[];
}

/** Whether a channel takes a message: loud enough, of its services, of its states. The end of what it was told of is loud enough for it. */
export function takes(
  { level, services, states }: Channel,
  notification: Pick<Notification, 'level' | 'service' | 'services' | 'state' | 'closes'>,
): boolean {
  if (!isLoudEnough(notification, level)) return false;
  if (states !== undefined && !states.includes(notification.state)) return false;
  const about = notification.services ?? [notification.service];
  return services === undefined || services.some((glob) => about.some((service) => isMeant(service, glob)));
}

function isMeant(service: ServiceKey | undefined, glob: string): boolean {
  if (service === undefined) return false;
  return glob.endsWith('*') ? service.startsWith(glob.slice(0, -1)) : service === glob;
}
